/* The engine: QuickJS and what has to see its insides, as one C unit.
 *
 * Everything that `quickjs.c` keeps static (layouts, the parser's state, stack frames) is in reach of the files
 * included below it. The archive of the rquickjs-sys package holds the same symbols; this unit is linked
 * before it, so that its copy is never pulled in. */

/* The clock is the program's outside world: at build time it is sealed. `world.rs` answers. */
#define js__gettimeofday_us libc_gettimeofday_us
#define js__hrtime_ns libc_hrtime_ns
#include "cutils.h"
#undef js__gettimeofday_us
#undef js__hrtime_ns
extern uint64_t jsc_wall_clock_us(void);
extern uint64_t jsc_monotonic_clock_ns(void);
static inline int64_t js__gettimeofday_us(void) { return (int64_t)jsc_wall_clock_us(); }
static inline uint64_t js__hrtime_ns(void) { return jsc_monotonic_clock_ns(); }

/* Called by the parser in front of every item of the body of a module or a script, and behind the last
 * (patches/module-item.patch). */
struct JSParseState;
static int jsc_begin_item(struct JSParseState *s);
static void jsc_end_items(struct JSParseState *s);

/* Called by the tokenizer where a comment begins with this byte (positions.c, patches/position-mark.patch). */
#define JSC_POSITION_MARK 1
#define JSC_POSITION_MARK_TEXT "\x01"
static const uint8_t *jsc_read_position_mark(struct JSParseState *s, const uint8_t *p);

/* Called by the tokenizer for the column of each token (positions.c, patches/columns.patch). */
static int jsc_column(struct JSParseState *s, const uint8_t *place);

/* Called where a buried property is read or replaced (left_out.c, patches/tombstone.patch). */
struct JSContext;
struct JSObject;
struct JSProperty;
struct JSShapeProperty;
static int jsc_unearth(struct JSContext *ctx, struct JSObject *p, unsigned int name, struct JSProperty *property,
                       struct JSShapeProperty *shape);
static int jsc_clear_buried(struct JSContext *ctx, struct JSObject *p, struct JSProperty *property,
                            struct JSShapeProperty *shape);

/* The text of a function (function_text.c, patches/function-text.patch). */
static uint64_t jsc_function_text(struct JSContext *ctx, uint64_t function);

/* Atoms whose strings are packed (names.c, patches/sleeping-names.patch). */
struct JSRuntime;
struct JSString;
static unsigned int jsc_find_sleeping(const struct JSString *string, unsigned int hash);
static struct JSString *jsc_atom_text(struct JSRuntime *rt, unsigned int atom);

#include "stack.h"

/* What is thrown when there is no memory left to make an error (patches/out-of-memory.patch). */
#include "quickjs.h"
static JSValue jsc_spare_error;

/* Whether a job of `import()` is left for later (modules.c, patches/evaluation.patch). */
static bool jsc_postpones_import(struct JSContext *ctx, int argc, JSValue *argv);

/* Evaluates a module and all that it requests (evaluation.c, patches/evaluation.patch). */
struct JSModuleDef;
static JSValue jsc_evaluate_module(struct JSContext *ctx, struct JSModuleDef *m);

#include "sort.c"

/* Called after each match of a regular expression (last_match.c, patches/last-match.patch). */
struct JSString;
static void (*jsc_note_match)(JSContext *ctx, struct JSString *text, uint8_t **capture, const uint8_t *bytecode);

/* Called by the compiler for the places of its errors (faults.c, patches/fault-places.patch). */
static bool jsc_has_fault_place;
static int jsc_fault_line, jsc_fault_column;
static void jsc_begin_compiling(JSContext *ctx);
static int jsc_note_export_place(JSContext *ctx, int line, int column);
static void jsc_find_export_place(int number);
static void jsc_forget_export_places(JSContext *ctx);
static void jsc_place_fault(JSContext *ctx, const char *file, int line, int column);

/* Called where the stack of an error is told (error_stack.c, patches/error-header.patch). */
static JSValue jsc_add_error_header(JSContext *ctx, JSValueConst error, JSValue frames);
static JSValue jsc_get_error_stack(JSContext *ctx, struct JSObject *p);

/* Called by `Atomics.wait` (atomics.c, patches/atomics.patch). */
static JSValue jsc_wait(JSContext *ctx, int64_t milliseconds);

extern double jsc_strtod(const char *text, char **end);
/* What QuickJS prints to standard output are dumps for its own developers. */
#include <stdio.h>
#include <stdlib.h>
#define printf(...) ((void)0)
#define fprintf(...) ((void)0)
#define putchar(c) ((void)0)
#include "frames.c"
#define strtod jsc_strtod
#include "quickjs.c"
#undef strtod

#include "points.c"
#include "evaluation.c"
#include "suspension.c"
#include "positions.c"
#include "faults.c"
#include "error_stack.c"
#include "remainder.c"
#include "modules.c"
#include "position.c"
#include "json.c"
#include "json_parse.c"
#include "json_fault.c"
#include "json_stringify.c"
#include "text.c"
#include "timsort.c"
#include "typed_sort.c"
#include "atomics.c"
#include "intrinsics.c"
#include "inspect.c"
#include "function_text.c"
#include "builtins.c"
#include "pattern_parts.c"
#include "mentions.c"
#include "keep.c"
#include "last_match.c"
#include "calls.c"
#include "console.c"
#include "warm.c"
#include "gates.c"
#include "graph.c"
#include "closed.c"
#include "code.c"
#include "arguments.c"
#include "flow.c"
#include "unread.c"
#include "left_out.c"
#include "strip.c"
#include "references.c"
#include "seal.c"
#include "names.c"
#include "layout.c"
