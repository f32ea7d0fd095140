/* Sorts what is not the program's: names that are numbers, modules. The engine's own sort takes five times the code, which
 * few programs need for anything else (patches/sort.patch). Elements that compare as equal may change places. */

typedef int (*JscCompare)(const void *a, const void *b, void *opaque);

/* Lets the name at `place` sink in the heap of `names[0..count]`. */
static void jsc_sink_name(JSPropertyEnum *names, size_t place, size_t count, JscCompare compare, void *opaque)
{
    JSPropertyEnum name = names[place];
    size_t child;
    while ((child = place * 2 + 1) < count) {
        if (child + 1 < count && compare(&names[child], &names[child + 1], opaque) < 0)
            child++;
        if (compare(&name, &names[child], opaque) >= 0)
            break;
        names[place] = names[child];
        place = child;
    }
    names[place] = name;
}

static void jsc_sort_names(JSPropertyEnum *names, size_t count, JscCompare compare, void *opaque)
{
    size_t i;
    for (i = count / 2; i-- > 0;)
        jsc_sink_name(names, i, count, compare, opaque);
    for (i = count; i-- > 1;) {
        JSPropertyEnum last = names[i];
        names[i] = names[0];
        names[0] = last;
        jsc_sink_name(names, 0, i, compare, opaque);
    }
}

/* There are few, and mostly they are in order. */
static void jsc_sort_modules(JSModuleDef **modules, size_t count, JscCompare compare)
{
    size_t i, place;
    for (i = 1; i < count; i++) {
        JSModuleDef *module = modules[i];
        for (place = i; place > 0 && compare(&module, &modules[place - 1], NULL) < 0; place--)
            modules[place] = modules[place - 1];
        modules[place] = module;
    }
}
