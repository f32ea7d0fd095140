/* The points at which a program can be suspended at build time, to go on when the compiled module starts.
 *
 * They are the beginnings of modules (evaluation.c), of the items of modules' bodies (suspension.c) and of jobs. Whatever
 * touches the outside world does so after one point and before the next. So a program is evaluated twice: a trial notes
 * each point that it passes and ends at the first touch, and the second run stops at the point that was passed last. Both
 * are the same until then. */

/* The host's `preinit` and `world.rs` know these numbers. */
typedef enum { JSC_NOWHERE, JSC_BEFORE_ITEM, JSC_BEFORE_MODULE, JSC_BEFORE_JOB } JscPointKind;

/* Items are numbered as they are parsed, modules and jobs as they run. */
typedef struct {
    JscPointKind kind;
    int number;
} JscPoint;

static struct {
    JscPoint last, stop;
    /* How many were passed. */
    int modules, jobs;
} jsc_points;

/* Notes that the program passes a point, and tells whether it is the one to stop at. */
static bool jsc_pass_point(JscPointKind kind, int number)
{
    jsc_points.last = (JscPoint){ kind, number };
    return jsc_points.stop.kind == kind && jsc_points.stop.number == number;
}

static bool jsc_stops_before_module(void)
{
    return jsc_pass_point(JSC_BEFORE_MODULE, jsc_points.modules++);
}

bool jsc_stops_before_job(void)
{
    return jsc_pass_point(JSC_BEFORE_JOB, jsc_points.jobs++);
}

/* The point that was passed last. */
void jsc_last_point(int *kind, int *number)
{
    *kind = jsc_points.last.kind;
    *number = jsc_points.last.number;
}
