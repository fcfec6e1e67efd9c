//! Doing something whenever a value changes. One hook for all kinds of values and of doing: the framework's own
//! is written out for each, which costs the page a kilobyte every time.

use std::any::Any;
use yew::functional::Hook;
use yew::{hook, use_effect_with};

/// What ends what was begun.
type End = Box<dyn FnOnce()>;

/// Does that when the page is shown, and again whenever the value is another one.
pub(super) fn use_watched<T: PartialEq + 'static>(
    value: T,
    act: impl FnOnce() + 'static,
) -> impl Hook<Output = ()> {
    use_kept(value, move || {
        act();
        None
    })
}

/// The same, where something is begun that ends with the value, for example a stream.
pub(super) fn use_kept<T: PartialEq + 'static>(
    value: T,
    begin: impl FnOnce() -> Option<End> + 'static,
) -> impl Hook<Output = ()> {
    use_effect_of_any(Watched(Box::new(value)), Box::new(begin))
}

#[hook]
fn use_effect_of_any(value: Watched, begin: Box<dyn FnOnce() -> Option<End>>) {
    use_effect_with(value, |_| begin().unwrap_or_else(|| Box::new(|| ())));
}

/// A value of any kind that can be compared with an earlier one.
struct Watched(Box<dyn Comparable>);

trait Comparable: Any {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Comparable for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }
}

impl PartialEq for Watched {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0 as &dyn Any)
    }
}
