export { type Analytics, analyticsOf, type ErrorRate, type Page, type Revenue, type Window } from './analytics.ts';
export { type Aggregates, UnreadError } from './sums.ts';
