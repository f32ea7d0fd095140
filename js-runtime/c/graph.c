/* The heap as a graph: its nodes are the collector's objects, its edges the references between them. */

static struct {
    JSContext *ctx;
    const JscMentions *mentions;
    /* All objects of the collector, by address. */
    struct {
        JSObject **objects;
        int count;
    } nodes;
    /* By node: how many references the heap has to it; whether it is reached without a gate, or in this pass. */
    int32_t *degrees;
    uint8_t *marks;
    /* Nodes whose references are to be followed. */
    JSGCObjectHeader **waiting;
    int waiting_count;
    JscGateId pass;
} jsc_graph;

enum { JSC_UNREACHED, JSC_REACHED, JSC_REACHED_IN_PASS };

static int jsc_index_of(const void *node)
{
    JSObject **found = bsearch(&node, jsc_graph.nodes.objects, jsc_graph.nodes.count, sizeof(node), jsc_compare_addresses);
    return found ? found - jsc_graph.nodes.objects : -1;
}

static void jsc_count_edge(JSRuntime *rt, JSGCObjectHeader *to)
{
    int index = jsc_index_of(to);
    if (index >= 0)
        jsc_graph.degrees[index]++;
}

static void jsc_reach_node(JSRuntime *rt, JSGCObjectHeader *to)
{
    int index = jsc_index_of(to);
    if (index < 0 || jsc_graph.marks[index] != JSC_UNREACHED)
        return;
    jsc_graph.marks[index] = jsc_graph.pass == JSC_GATE_NONE ? JSC_REACHED : JSC_REACHED_IN_PASS;
    jsc_graph.waiting[jsc_graph.waiting_count++] = to;
}

static void jsc_end_graph(JSContext *ctx)
{
    js_free(ctx, jsc_graph.nodes.objects);
    js_free(ctx, jsc_graph.degrees);
    js_free(ctx, jsc_graph.marks);
    js_free(ctx, jsc_graph.waiting);
    memset(&jsc_graph, 0, sizeof(jsc_graph));
}

/* Returns -1 where memory ran out. */
static int jsc_begin_graph(JSContext *ctx, const JscMentions *m)
{
    struct list_head *el;
    int count = 0;

    jsc_graph.ctx = ctx;
    jsc_graph.mentions = m;
    list_for_each(el, &ctx->rt->gc_obj_list)
        count++;
    jsc_graph.nodes.objects = js_malloc(ctx, count * sizeof(*jsc_graph.nodes.objects));
    jsc_graph.degrees = js_mallocz(ctx, count * sizeof(*jsc_graph.degrees));
    jsc_graph.marks = js_mallocz(ctx, count);
    jsc_graph.waiting = js_malloc(ctx, count * sizeof(*jsc_graph.waiting));
    if (!jsc_graph.nodes.objects || !jsc_graph.degrees || !jsc_graph.marks || !jsc_graph.waiting)
        return -1;
    list_for_each(el, &ctx->rt->gc_obj_list)
        jsc_graph.nodes.objects[jsc_graph.nodes.count++] = (JSObject *)list_entry(el, JSGCObjectHeader, link);
    qsort(jsc_graph.nodes.objects, count, sizeof(*jsc_graph.nodes.objects), jsc_compare_addresses);
    list_for_each(el, &ctx->rt->gc_obj_list)
        mark_children(ctx->rt, list_entry(el, JSGCObjectHeader, link), jsc_count_edge);
    return 0;
}
