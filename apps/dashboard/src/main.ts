import './style.css';
import { liveConnection } from './live-connection.ts';
import { type LiveState, nothing, withClicks, withFilter, withFrame } from './live-state.ts';
import { lastMinute, rate, series } from './rate-window.ts';
import { isAddress, newSession } from './session.ts';
import { bars } from './view/bars.ts';
import { chart } from './view/chart.ts';
import { byId, say } from './view/element.ts';
import { filterForm } from './view/filter-form.ts';
import { count, perSecond, span } from './view/numbers.ts';
import { recentTable } from './view/recent-table.ts';
import { statusView } from './view/status.ts';
import { clickstreamEventTypes, deviceTypes, eventTypes } from '@acme/telemetry-schema/vocabulary';

let state: LiveState = nothing(Date.now());
let pausedAt: LiveState | undefined;

const status = statusView();
const showRate = chart(byId('chart'));
const showTypes = bars(byId('by-type'), eventTypes);
const showDevices = bars(byId('by-device'), deviceTypes);
const showClicks = bars(byId('by-click'), clickstreamEventTypes);
const showRecent = recentTable(byId('recent-rows'));

const connection = liveConnection(newSession, {
  status: (now) => status.show(now),
  frame: (frame) => (state = withFrame(state, frame, Date.now())),
  clicks: (frame) => (state = withClicks(state, frame, Date.now())),
  filtered: (filter) => {
    say(byId('filter-problem'), '');
    state = withFilter(state, filter, Date.now());
  },
  problem: (reason) => say(byId('filter-problem'), `Refused: ${reason}`),
});

filterForm(eventTypes, deviceTypes, (filter) => connection.subscribe(filter));
byId('retry').addEventListener('click', () => connection.retry());

const pause = byId<HTMLButtonElement>('pause');
pause.addEventListener('click', () => {
  pausedAt = pausedAt ? undefined : state;
  pause.setAttribute('aria-pressed', String(pausedAt !== undefined));
  document.body.classList.toggle('paused', pausedAt !== undefined);
});

byId<HTMLFormElement>('address').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = byId<HTMLInputElement>('address-text');
  const isGood = isAddress(input.value.trim());
  say(byId('address-problem'), isGood ? '' : 'That is not an address of the form wss://…?token=…');
  input.setAttribute('aria-invalid', String(!isGood));
  if (!isGood) return input.focus();
  connection.open(input.value.trim());
  input.value = ''; // it holds a credential, and is used up
});

const showNotes = ({ invalid, missed }: LiveState): void => {
  const notes = [
    ...(invalid > 0 ? [`${count(invalid)} invalid events, put aside by the lake`] : []),
    ...(missed > 0 ? [`${count(missed)} events not shown: this page did not keep up`] : []),
  ];
  byId('notes').hidden = notes.length === 0;
  say(byId('notes'), notes.join(' · '));
};

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);

const showFigures = (): void => {
  const nowMs = Date.now();
  status.tick(nowMs);
  say(pause, pausedAt ? `Resume (${count(Math.max(0, state.received - pausedAt.received))} new)` : 'Pause');
  if (pausedAt) return;
  const byType = lastMinute(state.window, 'byType', nowMs);
  say(byId('rate'), perSecond(rate(state.window, nowMs)));
  say(byId('minute'), count(sum(byType)));
  say(byId('received'), count(state.received));
  say(byId('delay'), state.delayMs === undefined ? '–' : span(state.delayMs));
  showRate(series(state.window, state.sinceMs, nowMs));
  showTypes(byType);
  showDevices(lastMinute(state.window, 'byDevice', nowMs));
  showClicks(lastMinute(state.clicks, 'byType', nowMs));
  showNotes(state);
};

const showEvents = (): void => {
  if (pausedAt) return;
  const isEmpty = state.recent.length === 0;
  byId('empty').hidden = !isEmpty;
  byId('recent-scroll').hidden = isEmpty;
  const isFiltered = Object.keys(state.filter).length > 0;
  say(byId('empty-what'), isFiltered ? 'Waiting for events that fit the filter…' : 'Waiting for events…');
  showRecent(state.recent);
};

// Figures four times a second, rows once: numbers may run, a table has to be read.
showFigures();
showEvents();
window.setInterval(showFigures, 250);
window.setInterval(showEvents, 1000);
