//! The web side under load: how many requests it answers, beside nginx, and what becomes of a visitor
//! while others are slow on purpose. It runs the finished server and knows its HTTP contract, and
//! nothing of how it is made.

mod answer;
mod crowd;
mod ground;
mod load;
mod nginx;
mod refusal;
mod requests;
mod serving;
mod slow;

pub(crate) use self::load::Load;
pub(crate) use self::requests::compare;
pub(crate) use self::slow::measure as slow;

use self::answer::Request;

/// The start page, asked for as a browser does.
const START_PAGE: Request<'static> = Request {
    method: "GET",
    path: "/de/",
    headers: &[("accept-encoding", "gzip, deflate, br, zstd")],
    body: String::new(),
};
