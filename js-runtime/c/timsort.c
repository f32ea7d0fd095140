/* Sorts the program's arrays, so that a comparator that contradicts itself has the results that it has elsewhere.
 *
 * The language leaves the order to the engine where a comparator never returns 0, or always the same. Programs were
 * tried with V8, so comparators are called here in the order in which V8 calls them: by Timsort (Tim Peters, "listsort.txt" in
 * the sources of CPython). */

/* What `comparator(a, b)` says: its sign; 0 after an exception, so that the sort comes to an end. */
static int jsc_ask_comparator(struct array_sort_context *order, JSValueConst a, JSValueConst b)
{
    JSValueConst arguments[2] = { a, b };
    JSValue result;
    double number;
    if (order->exception)
        return 0;
    result = JS_Call(order->ctx, order->method, JS_UNDEFINED, 2, arguments);
    if (JS_VALUE_GET_TAG(result) == JS_TAG_INT)
        return (JS_VALUE_GET_INT(result) > 0) - (JS_VALUE_GET_INT(result) < 0);
    if (JS_IsException(result) || JS_ToFloat64Free(order->ctx, &number, result) < 0) {
        order->exception = 1;
        return 0;
    }
    return (number > 0) - (number < 0);
}

/* The text of an element, which is made once. False after an exception. */
static bool jsc_make_text(struct array_sort_context *order, ValueSlot *slot)
{
    JSValue text;
    if (slot->str)
        return true;
    text = JS_ToString(order->ctx, slot->val);
    if (JS_IsException(text)) {
        order->exception = 1;
        return false;
    }
    slot->str = JS_VALUE_GET_STRING(text);
    return true;
}

static int jsc_compare_slots(struct array_sort_context *order, ValueSlot *a, ValueSlot *b)
{
    if (order->has_method)
        return jsc_ask_comparator(order, a->val, b->val);
    if (order->exception || !jsc_make_text(order, a) || !jsc_make_text(order, b))
        return 0;
    return js_string_compare(a->str, b->str);
}

/* A part of the array that is in order. */
typedef struct {
    ValueSlot *slots;
    size_t length;
} JscSorted;

/* The lengths of the runs that wait grow at least as Fibonacci's numbers do, from the least run on: as many need more memory
 * than there can be. */
#define JSC_MOST_RUNS 40

/* So many elements in a row from one of two runs, and the next ones are looked for by leaps. */
#define JSC_LEAST_LEAP 7

typedef struct {
    struct array_sort_context *order;
    JscSorted runs[JSC_MOST_RUNS];
    size_t count;
    /* What a merge moves out of its way; has room for half of the array. */
    ValueSlot *aside;
    /* Grows where leaping does not pay. */
    size_t least_leap;
} JscTimsort;

/* Whether `slot` goes in front of `key`; of equal ones `slot` does where it `is_older`. */
static bool jsc_precedes(JscTimsort *sort, ValueSlot *slot, ValueSlot *key, bool is_older)
{
    return is_older ? jsc_compare_slots(sort->order, key, slot) >= 0 : jsc_compare_slots(sort->order, slot, key) < 0;
}

/* How many elements of a run go in front of `key`: found by leaps from the one at `hint`, and between the last two leaps
 * by halves. */
static size_t jsc_leap(JscTimsort *sort, const JscSorted *run, size_t hint, ValueSlot *key, bool is_older)
{
    ValueSlot *slots = run->slots;
    bool is_forward = jsc_precedes(sort, &slots[hint], key, is_older);
    size_t most = is_forward ? run->length - hint : hint + 1, last = 0, leap = 1, low, high;
    while (leap < most &&
           jsc_precedes(sort, is_forward ? &slots[hint + leap] : &slots[hint - leap], key, is_older) == is_forward) {
        last = leap;
        leap = leap * 2 + 1;
    }
    if (leap > most)
        leap = most;
    low = is_forward ? hint + last + 1 : hint + 1 - leap;
    high = is_forward ? hint + leap : hint - last;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (jsc_precedes(sort, &slots[middle], key, is_older))
            low = middle + 1;
        else
            high = middle;
    }
    return high;
}

/* Two runs on their way into one: from the front where the first is the shorter one and lies aside, or else from the
 * back. */
typedef struct {
    JscTimsort *sort;
    bool is_forward;
    /* What is left of the earlier run, and of the later one. */
    JscSorted runs[2];
    /* Behind what has been merged, or in front of it. */
    ValueSlot *place;
} JscMerge;

/* The run whose elements lie aside. */
static int jsc_aside(const JscMerge *merge)
{
    return merge->is_forward ? 0 : 1;
}

/* The next element of a run. */
static ValueSlot *jsc_next(const JscMerge *merge, int which)
{
    const JscSorted *run = &merge->runs[which];
    return merge->is_forward ? run->slots : run->slots + run->length - 1;
}

/* Moves the next `count` elements of a run to their place. */
static void jsc_take(JscMerge *merge, int which, size_t count)
{
    JscSorted *run = &merge->runs[which];
    ValueSlot *from = merge->is_forward ? run->slots : run->slots + run->length - count;
    if (!merge->is_forward)
        merge->place -= count;
    memmove(merge->place, from, count * sizeof(*from));
    if (merge->is_forward) {
        merge->place += count;
        run->slots += count;
    }
    run->length -= count;
}

/* Whether nothing is left to compare. The last element aside is known to go behind, or in front of, all others. */
static bool jsc_is_merged(const JscMerge *merge)
{
    int aside = jsc_aside(merge);
    return merge->runs[!aside].length == 0 || merge->runs[aside].length <= 1;
}

/* Takes the elements of a run that go in front of the other's next one, or behind it; returns how many. */
static size_t jsc_take_by_leaps(JscMerge *merge, int which)
{
    JscSorted *run = &merge->runs[which];
    size_t hint = merge->is_forward ? 0 : run->length - 1;
    size_t count = jsc_leap(merge->sort, run, hint, jsc_next(merge, !which), which == 0);
    if (!merge->is_forward)
        count = run->length - count;
    jsc_take(merge, which, count);
    return count;
}

/* Merges until one run has given `least_leap` elements in a row. False where all is merged. */
static bool jsc_merge_one_by_one(JscMerge *merge)
{
    size_t streak = 0;
    int last = -1;
    while (streak < merge->sort->least_leap) {
        int later_is_less = jsc_compare_slots(merge->sort->order, jsc_next(merge, 1), jsc_next(merge, 0)) < 0;
        int which = later_is_less == merge->is_forward;
        jsc_take(merge, which, 1);
        if (jsc_is_merged(merge))
            return false;
        streak = which == last ? streak + 1 : 1;
        last = which;
    }
    return true;
}

/* Merges by leaps as long as they are long. False where all is merged. */
static bool jsc_merge_by_leaps(JscMerge *merge)
{
    size_t *least = &merge->sort->least_leap;
    bool are_long;
    do {
        int which;
        are_long = false;
        for (which = 0; which < 2; which++) {
            are_long |= jsc_take_by_leaps(merge, which) >= JSC_LEAST_LEAP;
            if (jsc_is_merged(merge))
                return false;
            jsc_take(merge, !which, 1);
            if (jsc_is_merged(merge))
                return false;
        }
        if (are_long && *least > 1)
            --*least;
    } while (are_long);
    ++*least;
    return true;
}

/* Merges two runs that lie side by side. */
static void jsc_merge(JscTimsort *sort, JscSorted earlier, JscSorted later)
{
    JscMerge merge = { sort };
    size_t settled;
    JscSorted *aside;
    /* What is in its place already. */
    settled = jsc_leap(sort, &earlier, 0, &later.slots[0], true);
    earlier.slots += settled;
    earlier.length -= settled;
    if (earlier.length == 0)
        return;
    later.length = jsc_leap(sort, &later, later.length - 1, &earlier.slots[earlier.length - 1], false);
    if (later.length == 0)
        return;
    merge.is_forward = earlier.length <= later.length;
    merge.place = merge.is_forward ? earlier.slots : later.slots + later.length;
    merge.runs[0] = earlier;
    merge.runs[1] = later;
    aside = &merge.runs[jsc_aside(&merge)];
    memcpy(sort->aside, aside->slots, aside->length * sizeof(*sort->aside));
    aside->slots = sort->aside;
    jsc_take(&merge, !jsc_aside(&merge), 1);
    if (!jsc_is_merged(&merge)) {
        while (jsc_merge_one_by_one(&merge) && jsc_merge_by_leaps(&merge))
            continue;
    }
    jsc_take(&merge, !jsc_aside(&merge), merge.runs[!jsc_aside(&merge)].length);
    jsc_take(&merge, jsc_aside(&merge), merge.runs[jsc_aside(&merge)].length);
}

/* Merges the run at `index` with the next one. */
static void jsc_merge_at(JscTimsort *sort, size_t index)
{
    JscSorted *runs = sort->runs;
    JscSorted earlier = runs[index], later = runs[index + 1];
    runs[index].length += later.length;
    if (index + 3 == sort->count)
        runs[index + 1] = runs[index + 2];
    sort->count--;
    jsc_merge(sort, earlier, later);
}

/* Whether the run at `index` is shorter than the two behind it together. */
static bool jsc_is_out_of_proportion(const JscTimsort *sort, size_t index)
{
    const JscSorted *runs = sort->runs;
    return index >= 2 && runs[index - 2].length <= runs[index - 1].length + runs[index].length;
}

/* Merges until the lengths of the runs are in proportion, or to one run where `to_one`. */
static void jsc_merge_runs(JscTimsort *sort, bool to_one)
{
    const JscSorted *runs = sort->runs;
    while (sort->count > 1) {
        size_t index = sort->count - 2;
        bool is_needed = jsc_is_out_of_proportion(sort, index + 1) || jsc_is_out_of_proportion(sort, index);
        if (!to_one && !is_needed && runs[index].length > runs[index + 1].length)
            return;
        if ((to_one || is_needed) && index > 0 && runs[index - 1].length < runs[index + 1].length)
            index--;
        jsc_merge_at(sort, index);
    }
}

/* The length of the run that an array starts with, which is put in order where it goes down. */
static size_t jsc_find_run(JscTimsort *sort, ValueSlot *slots, size_t length)
{
    bool goes_down;
    size_t count = 2, i;
    if (length < 2)
        return length;
    goes_down = jsc_compare_slots(sort->order, &slots[1], &slots[0]) < 0;
    while (count < length && (jsc_compare_slots(sort->order, &slots[count], &slots[count - 1]) < 0) == goes_down)
        count++;
    for (i = 0; goes_down && i < count / 2; i++) {
        ValueSlot slot = slots[i];
        slots[i] = slots[count - 1 - i];
        slots[count - 1 - i] = slot;
    }
    return count;
}

/* Puts the elements from `sorted` on into the run in front of them. */
static void jsc_insert_by_halves(JscTimsort *sort, ValueSlot *slots, size_t sorted, size_t length)
{
    for (; sorted < length; sorted++) {
        ValueSlot slot = slots[sorted];
        size_t low = 0, high = sorted;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (jsc_compare_slots(sort->order, &slot, &slots[middle]) < 0)
                high = middle;
            else
                low = middle + 1;
        }
        memmove(&slots[low + 1], &slots[low], (sorted - low) * sizeof(slot));
        slots[low] = slot;
    }
}

/* Runs are made at least so long: between 32 and 64, so that there are about as many as a power of two. */
static size_t jsc_least_run(size_t length)
{
    bool has_rest = false;
    for (; length >= 64; length /= 2)
        has_rest |= length % 2 != 0;
    return length + has_rest;
}

/* Sorts the elements of an array; `order` tells of an exception. */
static void jsc_sort_slots(ValueSlot *slots, size_t length, struct array_sort_context *order)
{
    JscTimsort sort;
    size_t least = jsc_least_run(length), done = 0;
    sort.order = order;
    sort.count = 0;
    sort.aside = NULL;
    sort.least_leap = JSC_LEAST_LEAP;
    if (length >= 64) {
        sort.aside = js_malloc(order->ctx, length / 2 * sizeof(*slots));
        if (!sort.aside) {
            order->exception = 1;
            return;
        }
    }
    while (done < length) {
        ValueSlot *begin = slots + done;
        size_t run = jsc_find_run(&sort, begin, length - done);
        if (run < least) {
            size_t wanted = least < length - done ? least : length - done;
            jsc_insert_by_halves(&sort, begin, run, wanted);
            run = wanted;
        }
        sort.runs[sort.count++] = (JscSorted){ begin, run };
        jsc_merge_runs(&sort, false);
        done += run;
    }
    jsc_merge_runs(&sort, true);
    js_free(order->ctx, sort.aside);
}
