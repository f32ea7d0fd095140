/* What `inspect.js` asks of values that JavaScript does not tell, or tells only through code that programs can replace. */

static JSValue jsc_push(JSContext *ctx, JSValueConst array, uint32_t *length, JSValue value)
{
    if (JS_IsException(value) ||
        JS_DefinePropertyValueInt64(ctx, array, (*length)++, value, JS_PROP_C_W_E | JS_PROP_THROW) < 0)
        return JS_EXCEPTION;
    return JS_UNDEFINED;
}

/* The value of an own data property; `other` for an accessor and where there is none. */
JSValue jsc_own_value(JSContext *ctx, JSValueConst object, JSValueConst key, JSValueConst other)
{
    JSPropertyDescriptor descriptor;
    JSAtom atom;
    int found;

    if (JS_VALUE_GET_TAG(object) != JS_TAG_OBJECT)
        return js_dup(other);
    atom = JS_ValueToAtom(ctx, key);
    if (atom == JS_ATOM_NULL)
        return JS_EXCEPTION;
    found = JS_GetOwnPropertyInternal(ctx, &descriptor, JS_VALUE_GET_OBJ(object), atom);
    JS_FreeAtom(ctx, atom);
    if (found < 0)
        return JS_EXCEPTION;
    if (found == 0)
        return js_dup(other);
    if (!(descriptor.flags & JS_PROP_GETSET))
        return descriptor.value;
    JS_FreeValue(ctx, descriptor.getter);
    JS_FreeValue(ctx, descriptor.setter);
    return js_dup(other);
}

/* The keys of an object's enumerable own properties, strings before symbols; with `hidden`, of all of them; with
 * `named`, without the indices, which a large array has many of. */
JSValue jsc_own_keys(JSContext *ctx, JSValueConst object, bool hidden, bool named)
{
    JSValue keys = JS_NewArray(ctx);
    JSPropertyEnum *table = NULL;
    JSObject *p;
    uint32_t i, index, count = 0, length = 0;
    int flags = JS_GPN_STRING_MASK | JS_GPN_SYMBOL_MASK | (hidden ? 0 : JS_GPN_ENUM_ONLY);
    bool symbols;

    if (JS_IsException(keys) || JS_VALUE_GET_TAG(object) != JS_TAG_OBJECT)
        return keys;
    p = JS_VALUE_GET_OBJ(object);
    if (named && p->fast_array) {
        /* The elements are not in the shape. */
        for (symbols = false;; symbols = true) {
            for (i = 0; i < p->shape->prop_count; i++) {
                JSShapeProperty *property = &get_shape_prop(p->shape)[i];
                JSAtomKindEnum kind;
                if (property->atom == JS_ATOM_NULL || !(hidden || property->flags & JS_PROP_ENUMERABLE))
                    continue;
                kind = JS_AtomGetKind(ctx, property->atom);
                if (kind != (symbols ? JS_ATOM_KIND_SYMBOL : JS_ATOM_KIND_STRING))
                    continue;
                if (JS_IsException(jsc_push(ctx, keys, &length, JS_AtomToValue(ctx, property->atom))))
                    goto fail;
            }
            if (symbols)
                return keys;
        }
    }
    /* A module's exports may not be initialized yet, which asking whether they are enumerable would throw for. */
    if (p->class_id == JS_CLASS_MODULE_NS && !hidden)
        flags = JS_GPN_STRING_MASK;
    if (JS_GetOwnPropertyNamesInternal(ctx, &table, &count, p, flags) < 0)
        goto fail;
    for (i = 0; i < count; i++) {
        if (named && JS_AtomIsArrayIndex(ctx, &index, table[i].atom))
            continue;
        if (JS_IsException(jsc_push(ctx, keys, &length, JS_AtomToValue(ctx, table[i].atom))))
            goto fail;
    }
    js_free_prop_enum(ctx, table, count);
    return keys;
fail:
    js_free_prop_enum(ctx, table, count);
    JS_FreeValue(ctx, keys);
    return JS_EXCEPTION;
}

/* The first `limit` entries of a map, a set, or what an iterator of one has left, which does not advance:
 * `[are they pairs, how many entries there are, key, value, key, value...]`. */
JSValue jsc_entries(JSContext *ctx, JSValueConst collection, uint32_t limit)
{
    JSValue list = JS_NewArray(ctx);
    JSMapState *state = NULL;
    JSMapIteratorData *iterator;
    struct list_head *el = NULL;
    JSIteratorKindEnum kind = JS_ITERATOR_KIND_KEY;
    uint32_t length = 0, count = 0;
    JSObject *p;
    bool is_set;

    if (JS_IsException(list) || JS_VALUE_GET_TAG(collection) != JS_TAG_OBJECT)
        return list;
    p = JS_VALUE_GET_OBJ(collection);
    is_set = p->class_id == JS_CLASS_SET || p->class_id == JS_CLASS_SET_ITERATOR;
    switch (p->class_id) {
    case JS_CLASS_MAP:
        kind = JS_ITERATOR_KIND_KEY_AND_VALUE;
        /* fall through */
    case JS_CLASS_SET:
        state = p->u.map_state;
        el = state->records.next;
        break;
    case JS_CLASS_MAP_ITERATOR:
    case JS_CLASS_SET_ITERATOR:
        iterator = p->u.map_iterator_data;
        kind = iterator->kind;
        if (JS_IsUndefined(iterator->obj))
            break;
        state = JS_VALUE_GET_OBJ(iterator->obj)->u.map_state;
        el = iterator->cur_record ? iterator->cur_record->link.next : state->records.next;
        break;
    }
    if (JS_IsException(jsc_push(ctx, list, &length, js_bool(kind == JS_ITERATOR_KIND_KEY_AND_VALUE))) ||
        JS_IsException(jsc_push(ctx, list, &length, js_uint32(0))))
        goto fail;
    for (; state && el != &state->records; el = el->next) {
        JSMapRecord *record = list_entry(el, JSMapRecord, link);
        if (record->empty || count++ >= limit)
            continue;
        if (kind != JS_ITERATOR_KIND_VALUE && JS_IsException(jsc_push(ctx, list, &length, js_dup(record->key))))
            goto fail;
        if (kind != JS_ITERATOR_KIND_KEY &&
            JS_IsException(jsc_push(ctx, list, &length, js_dup(is_set ? record->key : record->value))))
            goto fail;
    }
    if (JS_DefinePropertyValueUint32(ctx, list, 1, js_uint32(count), JS_PROP_C_W_E) < 0)
        goto fail;
    return list;
fail:
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

/* The primitive inside a boxed one, or a date's time. */
JSValue jsc_primitive(JSContext *ctx, JSValueConst value)
{
    JSObject *p;
    (void)ctx;
    if (JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
        return JS_UNDEFINED;
    p = JS_VALUE_GET_OBJ(value);
    switch (p->class_id) {
    case JS_CLASS_NUMBER:
    case JS_CLASS_STRING:
    case JS_CLASS_BOOLEAN:
    case JS_CLASS_SYMBOL:
    case JS_CLASS_BIG_INT:
    case JS_CLASS_DATE:
        return js_dup(p->u.object_data);
    }
    return JS_UNDEFINED;
}

/* True for a constructor of the engine's. */
bool jsc_is_native_constructor(JSValueConst value)
{
    return JS_GetClassID(value) == JS_CLASS_C_FUNCTION && JS_VALUE_GET_OBJ(value)->is_constructor;
}
