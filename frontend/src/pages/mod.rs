//! The pages: which parts stand on each, and in which order. A page asks nobody for anything.

mod check;
mod not_found;
mod report;
mod start;

pub use check::check_page;
pub use not_found::not_found_page;
pub use report::report_view;
pub use start::start_page;
