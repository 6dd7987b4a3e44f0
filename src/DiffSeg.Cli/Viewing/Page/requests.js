// Requests to the viewer. Problems come as an Error with the viewer's own words.

export async function getJson(path, signal) {
  let response;
  try {
    response = await fetch(path, { signal });
  } catch (problem) {
    if (problem.name === 'AbortError') throw problem;
    throw new Error("The viewer does not answer. Has 'diffseg view' ended?");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

// One piece of work at a time. Of those asked for meanwhile only the newest counts: it waits a moment for the one
// before, so that a dragged slider shows what is on the way, and then has it cancelled.
export class Newest {
  static patience = 150;
  #next = null;
  #running = null;
  #timer = 0;

  ask(work) {
    this.#next = work;
    if (this.#running) {
      this.#timer ||= setTimeout(() => this.#running?.abort(), Newest.patience);
    } else {
      this.#run();
    }
  }

  cancel() {
    this.#next = null;
    this.#running?.abort();
  }

  async #run() {
    while (this.#next) {
      const work = this.#next;
      this.#next = null;
      this.#running = new AbortController();
      try {
        await work(this.#running.signal);
      } catch (problem) {
        if (problem.name !== 'AbortError') throw problem;
      } finally {
        clearTimeout(this.#timer);
        this.#timer = 0;
        this.#running = null;
      }
    }
  }
}
