// What the hands of all engines have in common.

/** Keys that have no character of their own, as WebDriver calls them (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
export const KEYS = { Tab: '\uE004', Enter: '\uE007', Space: ' ', ArrowRight: '\uE014' };

/** How large a page is in the beginning. */
export const SIZE = { width: 1000, height: 800 };
