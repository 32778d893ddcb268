// Runs in the page before its own code: notes each frame when it comes in, and when the page's figures have been drawn
// with it. In the console: recordedFrames.
(() => {
  const frames = [];
  window.recordedFrames = frames;

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...address) {
      super(...address);
      this.addEventListener('message', ({ data }) => frames.push({ receivedMs: Date.now(), data }));
    }
  };

  const drawn = () => {
    const now = Date.now();
    for (let at = frames.length - 1; at >= 0 && frames[at].drawnMs === undefined; at -= 1) {
      // The figures changed before this frame came in: it is in the next picture.
      if (frames[at].isInFigures) frames[at].drawnMs = now;
    }
  };
  const changed = () => {
    for (let at = frames.length - 1; at >= 0 && !frames[at].isInFigures; at -= 1) frames[at].isInFigures = true;
    // The callback runs before the picture is drawn, its message after.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = drawn;
      port2.postMessage(undefined);
    });
  };
  addEventListener('DOMContentLoaded', () =>
    new MutationObserver(changed).observe(document.getElementById('received'), {
      characterData: true,
      childList: true,
      subtree: true,
    }),
  );
})();
