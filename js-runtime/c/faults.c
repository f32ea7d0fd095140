/* Where a text cannot be compiled. The parser knows where it is; what is found only when all of a text has been read (a
 * private name that no class has, an export of nothing) was noted when it was read. */

/* Whether the error that is thrown has its place, and the place of one that is found late. */
static bool jsc_has_fault_place;
static int jsc_fault_line, jsc_fault_column;

/* Of the names in `export { … }`: line and column in turn. */
static struct {
    int *places;
    int count, size;
} jsc_export_places;

static void jsc_forget_export_places(JSContext *ctx)
{
    js_free(ctx, jsc_export_places.places);
    memset(&jsc_export_places, 0, sizeof(jsc_export_places));
}

static void jsc_begin_compiling(JSContext *ctx)
{
    jsc_has_fault_place = false;
    jsc_fault_line = jsc_fault_column = 1;
    jsc_forget_export_places(ctx);
}

/* Returns the number of a place; 0 where there is no memory. */
static int jsc_note_export_place(JSContext *ctx, int line, int column)
{
    int count = jsc_export_places.count;
    if (js_resize_array(ctx, (void **)&jsc_export_places.places, sizeof(int), &jsc_export_places.size, count + 2)) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        return 0;
    }
    jsc_export_places.places[count] = line;
    jsc_export_places.places[count + 1] = column;
    jsc_export_places.count += 2;
    return count / 2;
}

static void jsc_find_export_place(int number)
{
    if (number * 2 < jsc_export_places.count) {
        jsc_fault_line = jsc_export_places.places[number * 2];
        jsc_fault_column = jsc_export_places.places[number * 2 + 1];
    }
}

/* Gives the error that is thrown its place, unless it has one. */
static void jsc_place_fault(JSContext *ctx, const char *file, int line, int column)
{
    JSValue error = ctx->rt->current_exception;
    JSObject *p = JS_VALUE_GET_TAG(error) == JS_TAG_OBJECT ? JS_VALUE_GET_OBJ(error) : NULL;
    if (jsc_has_fault_place || !p || p->class_id != JS_CLASS_ERROR)
        return;
    /* A stack without the place. */
    set_value(ctx, &p->u.object_data, JS_UNDEFINED);
    build_backtrace(ctx, error, JS_UNDEFINED, file, line, column, 0);
}
