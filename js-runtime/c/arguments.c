/* Whether a function can see what it is called with: one that cannot is called without its input being parsed, and reads
 * it itself. */

/* Of a function that is not the program's own code, nothing is known. */
bool jsc_sees_arguments(JSValueConst function)
{
    const JSFunctionBytecode *b;
    int position;
    while (JS_GetClassID(function) == JS_CLASS_BOUND_FUNCTION)
        function = JS_VALUE_GET_OBJ(function)->u.bound_function->func_obj;
    if (!jsc_has_bytecode(function))
        return true;
    b = JS_VALUE_GET_OBJ(function)->u.func.function_bytecode;
    if (b->arg_count > 0)
        return true;
    for (position = 0; position < b->byte_code_len; position += short_opcode_info(b->byte_code_buf[position]).size) {
        const uint8_t *code = b->byte_code_buf + position;
        switch (code[0]) {
        case OP_rest:
        case OP_eval:
        case OP_apply_eval:
            return true;
        case OP_special_object:
            if (code[1] == OP_SPECIAL_OBJECT_ARGUMENTS || code[1] == OP_SPECIAL_OBJECT_MAPPED_ARGUMENTS)
                return true;
            break;
        default:
            break;
        }
    }
    return false;
}
