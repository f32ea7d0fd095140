function* numbers(limit) {
  let sent = 0;
  try {
    for (let n = 1; n < limit; n++) {
      try {
        sent += (yield n * n) ?? 0;
      } catch (error) {
        sent -= 100;
        yield "caught " + error.message;
      }
    }
  } finally {
    yield "cleanup " + sent;
  }
  return sent;
}
function* outer() { const result = yield* numbers(6); yield ["done", result].join(); }
const running = outer();
running.next();
running.next(10);
const fresh = numbers(3);
const finished = numbers(0);
[...finished];
const show = ({ value, done }) => console.log(String(value), String(done));
show(running.next(20));
show(running.throw(new Error("stop")));
show(running.next());
show(running.return("early"));
show(running.next());
show(fresh.next());
show(fresh.return(7));
show(fresh.next());
show(finished.next());
