/* Sorts typed arrays: by merging from the top down, which is the order in which V8 calls comparators of theirs (timsort.c
 * says why that matters).
 *
 * Without a comparator, elements are sorted as integers of 64 bits that are in the same order. */

/* Sorts `from[begin..end]` into `to`, which has the same elements: values by a comparator, or integers where `order` is
 * NULL. */
static void jsc_merge_values(struct array_sort_context *order, JSValue *from, JSValue *to, size_t begin, size_t end)
{
    size_t middle = begin + (end - begin) / 2, left = begin, right = middle;
    if (end - begin < 2)
        return;
    jsc_merge_values(order, to, from, begin, middle);
    jsc_merge_values(order, to, from, middle, end);
    for (; begin < end; begin++) {
        bool takes_left = right == end;
        if (left < middle && right < end)
            takes_left = order ? jsc_ask_comparator(order, from[left], from[right]) <= 0
                               : (int64_t)from[left] <= (int64_t)from[right];
        to[begin] = takes_left ? from[left++] : from[right++];
    }
}

/* The integer that stands for an element whose bits are the upper ones of `bits`, and the bits that an integer stands
 * for. */
static int64_t jsc_flip_element(JSClassID class_id, int64_t bits)
{
    switch (class_id) {
    case JS_CLASS_UINT8C_ARRAY:
    case JS_CLASS_UINT8_ARRAY:
    case JS_CLASS_UINT16_ARRAY:
    case JS_CLASS_UINT32_ARRAY:
    case JS_CLASS_BIG_UINT64_ARRAY:
        return bits ^ INT64_MIN;
    case JS_CLASS_FLOAT16_ARRAY:
    case JS_CLASS_FLOAT32_ARRAY:
    case JS_CLASS_FLOAT64_ARRAY:
        /* A sign and a magnitude. */
        return bits < 0 ? bits ^ INT64_MAX : bits;
    default:
        return bits;
    }
}

/* Every NaN is behind the other numbers, also one with a sign. */
static int64_t jsc_drop_sign_of_nan(JSClassID class_id, int64_t bits)
{
    static const uint16_t infinities[] = { 0x7c00, 0x7f80, 0x7ff0 };
    if (class_id < JS_CLASS_FLOAT16_ARRAY || (bits & INT64_MAX) <= (int64_t)infinities[class_id - JS_CLASS_FLOAT16_ARRAY] << 48)
        return bits;
    return bits & INT64_MAX;
}

/* Puts the elements of a typed array in order, given room for twice as many integers. */
static void jsc_sort_elements(JSObject *p, JSValue *keys, size_t length)
{
    size_t size = (size_t)1 << typed_array_size_log2(p->class_id), i;
    int unused_bits = 64 - 8 * size;
    uint8_t *element = p->u.array.u.uint8_ptr;
    for (i = 0; i < length; i++) {
        uint64_t bits = 0;
        memcpy(&bits, element + i * size, size);
        bits = jsc_drop_sign_of_nan(p->class_id, bits << unused_bits);
        keys[i] = keys[length + i] = jsc_flip_element(p->class_id, bits);
    }
    jsc_merge_values(NULL, keys + length, keys, 0, length);
    for (i = 0; i < length; i++) {
        uint64_t bits = (uint64_t)jsc_flip_element(p->class_id, keys[i]) >> unused_bits;
        memcpy(element + i * size, &bits, size);
    }
}

/* Sorts a typed array by a comparator, given room for twice as many values. Returns -1 after an exception. */
static int jsc_sort_by_comparator(JSContext *ctx, JSObject *p, JSValueConst comparator, JSValue *values, size_t length)
{
    struct array_sort_context order = { ctx, 0, 1, comparator };
    JSValue array = JS_MKPTR(JS_TAG_OBJECT, p);
    size_t i;
    for (i = 0; i < length; i++) {
        values[i] = values[length + i] = JS_GetPropertyInt64(ctx, array, i);
        order.exception |= JS_IsException(values[i]);
    }
    jsc_merge_values(&order, values + length, values, 0, length);
    /* The comparator may have made the array shorter; what is beyond its end goes nowhere. */
    for (i = 0; i < length; i++) {
        if (order.exception)
            JS_FreeValue(ctx, values[i]);
        else
            order.exception = JS_SetPropertyInt64(ctx, array, i, values[i]) < 0;
    }
    return order.exception ? -1 : 0;
}

/* Called for two elements or more, which are in bounds. Returns -1 after an exception. */
static int jsc_sort_typed_array(JSContext *ctx, JSObject *p, JSValueConst comparator)
{
    size_t length = p->u.array.count;
    JSValue *values = js_malloc(ctx, length * 2 * sizeof(*values));
    int result = 0;
    if (!values)
        return -1;
    if (JS_IsUndefined(comparator))
        jsc_sort_elements(p, values, length);
    else
        result = jsc_sort_by_comparator(ctx, p, comparator, values, length);
    js_free(ctx, values);
    return result;
}
