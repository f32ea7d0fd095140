//! Which life this is, and what happens when the program reaches for the outside world.
//!
//! At build time the world is sealed: a touch of it is recorded with the JavaScript stack. The first one of a trial run ends
//! the instance by a trap; the host reads the record.

use alloc::vec::Vec;

use rquickjs::qjs;

use crate::engine::{self, Global, context};
use crate::{report, wasi};

/// What of the outside world a program can touch.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Touch {
    Input = 0,
    Output = 1,
    Clock = 2,
    Random = 3,
}

/// Which life this is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// The engine makes its own context.
    Boot,
    /// The program's top level is evaluated to learn where it first touches the outside world.
    Trial,
    /// The program's top level is evaluated for good.
    Build,
    /// A compiled module was called.
    Run,
}

/// A touch of the sealed world.
struct Record {
    touch: Touch,
    stack: Vec<u8>,
}

struct World {
    life: Life,
    /// Who is told of touches at build time. Only through this word does code lead there, so that no compiled module has it.
    witness: Option<fn(Touch)>,
    records: Vec<Record>,
    random_state: u64,
    clock_origin: u64,
}

static WORLD: Global<World> = Global::new(World {
    life: Life::Boot,
    witness: None,
    records: Vec::new(),
    random_state: 0,
    clock_origin: 0,
});

/// More touches than this are not worth a warning each.
const MAX_RECORDS: usize = 100;

pub fn life() -> Life {
    WORLD.get().life
}

pub fn set_life(life: Life) {
    let world = WORLD.get();
    world.life = life;
    world.witness = match life {
        Life::Boot | Life::Run => None,
        Life::Trial => Some(witness_trial),
        Life::Build => Some(witness_build),
    };
    world.random_state = 0;
    world.clock_origin = 0;
}

/// The program reaches for the outside world. Returns in a run, and at build time where the touch is harmless.
pub fn touch(touch: Touch) {
    if let Some(witness) = WORLD.get().witness {
        witness(touch);
    }
}

/// A trial ends this instance. The report says after which point (`c/points.c`).
fn witness_trial(_: Touch) {
    let (mut kind, mut number) = (0, 0);
    unsafe { engine::jsc_last_point(&mut kind, &mut number) };
    report::clear();
    report::push("touch");
    push_number(kind);
    push_number(number);
    core::arch::wasm32::unreachable()
}

/// Reading input is recorded, too: whether it is an error depends on what the program exports, which is known at its end.
fn witness_build(touch: Touch) {
    let records = &mut WORLD.get().records;
    let is_worth_a_record = match touch {
        Touch::Input => records.iter().all(|record| record.touch != touch),
        Touch::Output => false,
        Touch::Clock | Touch::Random => records.len() < MAX_RECORDS,
    };
    if is_worth_a_record {
        records.push(Record {
            touch,
            stack: stack(),
        });
    }
}

/// Reports the touches of input, clocks and random numbers: kind and stack, in turn.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_touches() {
    report::clear();
    let world = WORLD.get();
    for record in core::mem::take(&mut world.records) {
        push_number(record.touch as i32);
        push_bytes(&record.stack);
    }
}

/// Reports where the program is: also after the host has interrupted it by a trap.
#[unsafe(no_mangle)]
pub extern "C" fn jsc_build_stack() {
    static mut BUFFER: [u8; 8192] = [0; 8192];
    report::clear();
    let buffer = &raw mut BUFFER;
    let length = unsafe { engine::jsc_describe_stack(context(), buffer.cast(), 8192) };
    push_bytes(unsafe { &(&*buffer)[..length] });
}

fn stack() -> Vec<u8> {
    let mut buffer = alloc::vec![0; 8192];
    let length =
        unsafe { engine::jsc_describe_stack(context(), buffer.as_mut_ptr(), buffer.len()) };
    buffer.truncate(length);
    buffer
}

fn push_bytes(bytes: &[u8]) {
    report::push(&alloc::string::String::from_utf8_lossy(bytes));
}

fn push_number(number: i32) {
    use alloc::string::ToString;
    report::push(&number.to_string());
}

/// The wall clock in microseconds; what `Date` sees.
#[unsafe(no_mangle)]
extern "C" fn jsc_wall_clock_us() -> u64 {
    touch(Touch::Clock);
    wasi::clock(wasi::CLOCK_REALTIME) / 1000
}

/// The monotonic clock in nanoseconds, from its first reading in this life; what `performance.now` sees.
#[unsafe(no_mangle)]
extern "C" fn jsc_monotonic_clock_ns() -> u64 {
    touch(Touch::Clock);
    let now = wasi::clock(wasi::CLOCK_MONOTONIC);
    let world = WORLD.get();
    if world.clock_origin == 0 {
        world.clock_origin = now;
    }
    now - world.clock_origin
}

/// Lets time pass; what `Atomics.wait` does.
#[unsafe(no_mangle)]
extern "C" fn jsc_sleep(milliseconds: u64) {
    touch(Touch::Clock);
    wasi::sleep(milliseconds.saturating_mul(1_000_000));
}

/// The next output of xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators", 2016),
/// seeded by the host's random source.
#[unsafe(no_mangle)]
extern "C" fn jsc_random_bits() -> u64 {
    touch(Touch::Random);
    let world = WORLD.get();
    let mut state = world.random_state;
    while state == 0 {
        state = wasi::random();
    }
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    world.random_state = state;
    state.wrapping_mul(0x2545_F491_4F6C_DD1D)
}
