// Written out, not taken from the schema package: that would bring its whole validator into the page. A test holds the two
// against each other.
export const eventTypes = ['start', 'pause', 'resume', 'stop', 'complete'] as const;
export const clickTypes = ['page_view', 'purchase', 'user_signup', 'click', 'error', 'add_to_cart'] as const;
export const deviceTypes = ['mobile', 'web', 'tv', 'tablet'] as const;
