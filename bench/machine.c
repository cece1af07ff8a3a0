/* The abstract machine in C, for comparison: control list, stack and heap in arrays that grow.

   machine FILE GAS REPETITIONS runs what FILE holds, once to warm up and then so many times; each
   time one line: steps, seconds. FILE is of 32-bit numbers: how many programs and trees, the
   program, the input; then opcode, first, second and third of each program; head and tail of each
   tree. Tree 0 is nil, and of every other tree the parts are smaller numbers. */

#define _POSIX_C_SOURCE 199309L

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum opcode { ID, HD, TL, ASK, QUOTE, CONS, THEN, IF, WHILE };

enum kind { DO, SWAP, MKCONS, BRANCH, LOOP };

struct program { int32_t opcode, first, second, third; };

struct tree { int32_t head, tail; };

struct entry { int32_t kind, program; };

static struct program *programs;
static struct tree *heap;
static struct entry *control;
static int32_t *stack;
static int32_t trees, heap_size, control_size, stack_size;

static void stop(const char *why)
{
    fprintf(stderr, "machine: %s\n", why);
    exit(1);
}

static void *grown(void *array, int32_t *size, size_t item)
{
    if (*size > INT32_MAX / 2)
        stop("too large");
    *size = *size ? 2 * *size : 1024;
    array = realloc(array, *size * item);
    if (!array)
        stop("out of memory");
    return array;
}

/* The steps taken until the control list is empty or the gas is used up. */
static int64_t run(int32_t program, int32_t value, int64_t gas)
{
    int64_t steps = 0;
    int32_t depth = 0, height = 0, top = trees, acc = value;

    control[depth++] = (struct entry){DO, program};
    while (depth > 0 && steps < gas) {
        steps++;
        if (depth + 3 > control_size)
            control = grown(control, &control_size, sizeof *control);
        struct entry entry = control[--depth];
        struct program p = programs[entry.program];
        switch (entry.kind) {
        case DO:
            switch (p.opcode) {
            case ID:
                break;
            case HD:
                acc = heap[acc].head;
                break;
            case TL:
                acc = heap[acc].tail;
                break;
            case ASK:
                acc = 0; /* the empty set */
                break;
            case QUOTE:
                acc = p.first;
                break;
            case THEN:
                control[depth++] = (struct entry){DO, p.second};
                control[depth++] = (struct entry){DO, p.first};
                break;
            case CONS:
                control[depth++] = (struct entry){MKCONS, 0};
                control[depth++] = (struct entry){DO, p.second};
                control[depth++] = (struct entry){SWAP, 0};
                control[depth++] = (struct entry){DO, p.first};
                goto push;
            case IF:
                control[depth++] = (struct entry){BRANCH, entry.program};
                control[depth++] = (struct entry){DO, p.first};
                goto push;
            case WHILE:
                control[depth++] = (struct entry){LOOP, entry.program};
                control[depth++] = (struct entry){DO, p.first};
            push:
                if (height == stack_size)
                    stack = grown(stack, &stack_size, sizeof *stack);
                stack[height++] = acc;
                break;
            }
            break;
        case SWAP: {
            int32_t swapped = stack[height - 1];
            stack[height - 1] = acc;
            acc = swapped;
            break;
        }
        case MKCONS:
            if (top == heap_size)
                heap = grown(heap, &heap_size, sizeof *heap);
            heap[top] = (struct tree){stack[--height], acc};
            acc = top++;
            break;
        case BRANCH:
            control[depth++] = (struct entry){DO, acc ? p.second : p.third};
            acc = stack[--height];
            break;
        case LOOP:
            if (acc) {
                control[depth++] = (struct entry){DO, entry.program};
                control[depth++] = (struct entry){DO, p.second};
            }
            acc = stack[--height];
            break;
        }
    }
    return steps;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

static int32_t number(FILE *file)
{
    int32_t found;
    if (fread(&found, sizeof found, 1, file) != 1)
        stop("the file ends early");
    return found;
}

int main(int count, char **arguments)
{
    FILE *file;

    if (count != 4 || !(file = fopen(arguments[1], "rb")))
        stop("usage: machine FILE GAS REPETITIONS");
    int64_t gas = atoll(arguments[2]);
    int repetitions = atoi(arguments[3]);
    int32_t programs_count = number(file);
    trees = number(file);
    int32_t program = number(file), value = number(file);

    programs = malloc(programs_count * sizeof *programs);
    heap_size = trees;
    heap = malloc(heap_size * sizeof *heap);
    control = grown(control, &control_size, sizeof *control);
    if (!programs || !heap)
        stop("out of memory");
    for (int32_t i = 0; i < programs_count; i++) {
        programs[i].opcode = number(file);
        programs[i].first = number(file);
        programs[i].second = number(file);
        programs[i].third = number(file);
    }
    for (int32_t i = 0; i < trees; i++) {
        heap[i].head = number(file);
        heap[i].tail = number(file);
    }
    fclose(file);

    run(program, value, gas);
    for (int i = 0; i < repetitions; i++) {
        double start = now();
        int64_t steps = run(program, value, gas);
        printf("%lld %.9f\n", (long long)steps, now() - start);
    }
    return 0;
}
