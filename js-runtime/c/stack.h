/* Keeps `bytes` of the stack in linear memory for this frame. WebAssembly has a second stack, the runtime's own, which
 * nothing in here can measure (wasmtime gives it 512 KiB). The check of the first one guards both only if no
 * recursion is much cheaper on the first than on the second: patches/stack-check.patch puts this where it would be.
 * Measured (tests/stack.rs): at most 1.4 bytes of the runtime's stack for one of ours, where it counts instructions. */
#define JSC_RESERVE_STACK(bytes)                          \
    do {                                                  \
        char frame[bytes];                                \
        __asm__ volatile("" : : "r"(frame) : "memory");   \
    } while (0)

/* How much of the stack an activation of the interpreter counts for: its frame is on the runtime's stack alone, so that it
 * raises the limit of the other as long as it lasts. */
#define JSC_INTERPRETER_STACK 408
