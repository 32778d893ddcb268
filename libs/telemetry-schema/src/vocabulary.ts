// The words of events without their rules: a page that prints them needs no validator.

/** What a viewer did. A session starts, pauses and resumes any number of times, then stops or completes. */
export const eventTypes = ['start', 'pause', 'resume', 'stop', 'complete'] as const;
export const deviceTypes = ['mobile', 'web', 'tv', 'tablet'] as const;

/** What a user of the web site can do. */
export const clickstreamEventTypes = ['page_view', 'purchase', 'user_signup', 'click', 'error', 'add_to_cart'] as const;
