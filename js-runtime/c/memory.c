/* Memory functions in the place of the C library's, which go byte by byte. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *memset(void *target, int byte, size_t size)
{
    __asm__ volatile("local.get %0\n"
                     "local.get %1\n"
                     "local.get %2\n"
                     "memory.fill 0"
                     :
                     : "r"(target), "r"(byte), "r"(size)
                     : "memory");
    return target;
}

void *memmove(void *target, const void *source, size_t size)
{
    __asm__ volatile("local.get %0\n"
                     "local.get %1\n"
                     "local.get %2\n"
                     "memory.copy 0, 0"
                     :
                     : "r"(target), "r"(source), "r"(size)
                     : "memory");
    return target;
}

void *memcpy(void *restrict target, const void *restrict source, size_t size)
{
    return memmove(target, source, size);
}

int memcmp(const void *left, const void *right, size_t size)
{
    const uint8_t *a = left, *b = right;
    for (; size >= 8; a += 8, b += 8, size -= 8) {
        uint64_t x, y;
        __builtin_memcpy(&x, a, 8);
        __builtin_memcpy(&y, b, 8);
        if (x != y)
            break;
    }
    for (; size > 0; a++, b++, size--) {
        if (*a != *b)
            return *a - *b;
    }
    return 0;
}
