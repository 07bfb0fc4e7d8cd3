// Says an answer instead of writing it: record, pause, stop, hear it, delete it. It goes to the server with
// "Continue" and not before; where it doesn't get through, it stays here and so do the words.
(() => {
  "use strict";
  if (!self.MediaRecorder || !navigator.mediaDevices?.getUserMedia) return;
  const { mostSeconds, mostBytes } = document.currentScript.dataset;
  const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  if (!kind) return;
  const voices = [...document.querySelectorAll(".voice")].map(voice);
  const form = document.querySelector("#answers");
  let sending = false;

  function voice(box) {
    const button = (name) => box.querySelector(`[data-do=${name}]`);
    const player = box.querySelector("audio"), clock = box.querySelector("[data-time]");
    const one = { recording: false, sound: null };
    let recorder, pieces, bytes, seconds, last, ticking;

    const say = (what) => { box.querySelector("[role=status]").textContent = box.dataset[what] ?? what; };
    const show = (...names) => {
      const pressed = box.contains(document.activeElement) && document.activeElement.dataset.do;
      for (const name of names) button(name).hidden = false;
      player.parentElement.hidden = !one.sound;
      // Before the button that has the focus goes; never onto one that would take a recording away.
      if (pressed && !names.includes(pressed)) (one.sound ? player : button(names[0])).focus();
      for (const each of box.querySelectorAll("[data-do]")) each.hidden = !names.includes(each.dataset.do);
    };
    const tick = () => {
      const now = performance.now(); // a phone that sleeps ticks seldom
      if (recorder.state === "recording") seconds += (now - last) / 1000;
      last = now;
      clock.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
      if (seconds >= mostSeconds || bytes > mostBytes - 200_000) one.stop("full");
    };
    const forget = () => {
      if (player.src) URL.revokeObjectURL(player.src);
      player.removeAttribute("src");
      one.sound = null;
      clock.textContent = "";
    };

    one.start = async () => {
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        return say("refused");
      }
      forget();
      [pieces, bytes, seconds, last, one.recording] = [[], 0, 0, performance.now(), true];
      recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32_000 });
      recorder.ondataavailable = ({ data }) => {
        pieces.push(data);
        bytes += data.size;
        if (one.recording) tick(); // in the background, where timers come late
      };
      recorder.onerror = () => one.stop("ready");
      recorder.start(1000);
      ticking = setInterval(tick, 250);
      tick();
      say("recording");
      show("stop", "pause");
    };
    one.stop = (then) => new Promise((done) => {
      if (!one.recording) return done();
      one.recording = false;
      clearInterval(ticking);
      recorder.onstop = () => {
        recorder.stream.getTracks().forEach((each) => each.stop());
        one.sound = new Blob(pieces, { type: kind.split(";")[0] });
        player.src = URL.createObjectURL(one.sound);
        say(then);
        show("delete");
        done();
      };
      if (recorder.state === "inactive") recorder.onstop();
      else recorder.stop();
    });
    one.drop = () => {
      forget();
      say("gone");
      show("record");
    };
    one.leave = () => {
      if (one.recording) recorder.stream.getTracks().forEach((each) => each.stop());
      player.pause();
      forget();
    };
    // True where nothing is left to send.
    one.send = async () => {
      say("sending");
      const token = form.elements.token;
      try {
        const answer = await fetch(box.dataset.to, {
          method: "POST", body: one.sound, headers: { "Content-Type": one.sound.type, "Heard-Token": token.value },
        });
        const { problem, note, token: fresh } = await answer.json();
        if (!answer.ok) {
          say(problem);
          return false;
        }
        token.value = fresh;
        forget();
        show("record");
        say(note || "");
        return !note; // what it says is to be read before the page goes
      } catch {
        say("failed");
        return false;
      }
    };

    button("record").addEventListener("click", one.start);
    button("stop").addEventListener("click", () => one.stop("ready"));
    button("pause").addEventListener("click", () => { recorder.pause(); say("paused"); show("resume", "stop"); });
    button("resume").addEventListener("click", () => { recorder.resume(); say("recording"); show("pause", "stop"); });
    button("delete").addEventListener("click", one.drop);
    box.hidden = false;
    return one;
  }

  form.addEventListener("submit", async (event) => {
    const still = voices.filter((each) => each.recording), held = voices.filter((each) => each.sound);
    if (!still.length && !held.length && !sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (sending) return;
    if (still.length) return still.forEach((each) => each.stop("ready"));
    sending = true;
    let all = true;
    for (const each of held) all = (await each.send()) && all;
    sending = false;
    if (all) form.requestSubmit(event.submitter);
  }, true);

  for (const leaving of ["pagehide", "heard:leave"]) addEventListener(leaving, () => voices.forEach((each) => each.leave()));
})();
