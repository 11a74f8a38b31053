/* SPDX-License-Identifier: MIT */
/* An interpreter of rv32im: machine mode, direct traps, one external interrupt. Nothing here knows VirtIO. */
#include "cpu.h"

#include <string.h>

enum {
    LOAD = 0x03,
    FENCE = 0x0f,
    OP_IMM = 0x13,
    AUIPC = 0x17,
    STORE = 0x23,
    OP = 0x33,
    LUI = 0x37,
    BRANCH = 0x63,
    JALR = 0x67,
    JAL = 0x6f,
    SYSTEM = 0x73
};
enum { NONE = -1, FETCH_MISALIGNED, FETCH_FAULT, ILLEGAL, BREAKPOINT, LOAD_MISALIGNED, LOAD_FAULT };
enum { STORE_MISALIGNED = 6, STORE_FAULT = 7, ECALL = 11 };
enum { MSTATUS, MISA, MIE, MTVEC, MSCRATCH, MEPC, MCAUSE, MTVAL, MIP, MHARTID };

#define STATUS_MIE 0x8u
#define STATUS_MPIE 0x80u
#define STATUS_MPP 0x1800u
#define EXTERNAL 11u /* bit of mie and mip, and cause */

/* CSRs in the order of the enumeration: number, and the bits that can be written. */
static const struct {
    uint16_t number;
    uint32_t writable;
} csrs[CPU_CSRS] = {{0x300, STATUS_MIE | STATUS_MPIE},
                    {0x301, 0},
                    {0x304, 1u << EXTERNAL},
                    {0x305, ~3u},
                    {0x340, ~0u},
                    {0x341, ~3u},
                    {0x342, ~0u},
                    {0x343, ~0u},
                    {0x344, 0},
                    {0xf14, 0}};

static uint32_t field(uint32_t insn, unsigned from, unsigned bits)
{
    return insn >> from & ((1u << bits) - 1u);
}

/* The upper bits of an instruction, from bit `from`, as a signed number. */
static uint32_t upper(uint32_t insn, unsigned from)
{
    return (uint32_t)((int32_t)insn >> from);
}

static uint32_t imm_s(uint32_t insn)
{
    return (upper(insn, 25) << 5) | field(insn, 7, 5);
}

static uint32_t imm_b(uint32_t insn)
{
    return (upper(insn, 31) << 12) | field(insn, 7, 1) << 11 | field(insn, 25, 6) << 5 |
           field(insn, 8, 4) << 1;
}

static uint32_t imm_j(uint32_t insn)
{
    return (upper(insn, 31) << 20) | field(insn, 12, 8) << 12 | field(insn, 20, 1) << 11 |
           field(insn, 21, 10) << 1;
}

static void trap(struct cpu *c, uint32_t cause, uint32_t tval)
{
    const uint32_t enabled = c->csr[MSTATUS] & STATUS_MIE;

    c->csr[MEPC] = c->pc;
    c->csr[MCAUSE] = cause;
    c->csr[MTVAL] = tval;
    c->csr[MSTATUS] = STATUS_MPP | (enabled != 0 ? STATUS_MPIE : 0);
    c->pc = c->csr[MTVEC];
}

static int jump(struct cpu *c, uint32_t to)
{
    c->tval = to;
    c->next = to;
    return (to & 3u) == 0 ? NONE : FETCH_MISALIGNED;
}

static int load(struct cpu *c, uint32_t insn, uint32_t addr)
{
    const unsigned size = field(insn, 12, 2), bytes = 1u << size;
    const bool is_signed = field(insn, 14, 1) == 0;
    uint32_t value = 0;

    if (size == 3 || (size == 2 && !is_signed))
        return ILLEGAL;
    c->tval = addr;
    if ((addr & (bytes - 1u)) != 0)
        return LOAD_MISALIGNED;
    if (!bus_access(addr, bytes, false, &value))
        return LOAD_FAULT;
    if (is_signed && size == 0)
        value = (uint32_t)(int8_t)value;
    if (is_signed && size == 1)
        value = (uint32_t)(int16_t)value;
    c->x[field(insn, 7, 5)] = value;
    return NONE;
}

static int store(struct cpu *c, uint32_t insn, uint32_t addr)
{
    const unsigned size = field(insn, 12, 3), bytes = 1u << (size & 3u);
    uint32_t value = c->x[field(insn, 20, 5)];

    if (size > 2)
        return ILLEGAL;
    c->tval = addr;
    if ((addr & (bytes - 1u)) != 0)
        return STORE_MISALIGNED;
    if (bytes < 4)
        value &= (1u << 8 * bytes) - 1u;
    return bus_access(addr, bytes, true, &value) ? NONE : STORE_FAULT;
}

static int branch(struct cpu *c, uint32_t insn, uint32_t a, uint32_t b)
{
    bool taken;

    switch (field(insn, 13, 2)) {
    case 0:
        taken = a == b;
        break;
    case 2:
        taken = (int32_t)a < (int32_t)b;
        break;
    case 3:
        taken = a < b;
        break;
    default:
        return ILLEGAL;
    }
    return taken != (field(insn, 12, 1) != 0) ? jump(c, c->pc + imm_b(insn)) : NONE;
}

/* Operations of OP and OP-IMM; `other` is SUB or SRA. */
static uint32_t compute(unsigned operation, bool other, uint32_t a, uint32_t b)
{
    switch (operation) {
    case 0:
        return other ? a - b : a + b;
    case 1:
        return a << (b & 31u);
    case 2:
        return (int32_t)a < (int32_t)b;
    case 3:
        return a < b;
    case 4:
        return a ^ b;
    case 5:
        return other ? (uint32_t)((int32_t)a >> (b & 31u)) : a >> (b & 31u);
    case 6:
        return a | b;
    default:
        return a & b;
    }
}

static uint32_t divide(unsigned operation, uint32_t a, uint32_t b)
{
    const bool is_unsigned = (operation & 1u) != 0, is_rest = (operation & 2u) != 0;

    if (b == 0)
        return is_rest ? a : ~0u;
    if (is_unsigned)
        return is_rest ? a % b : a / b;
    if (a == 0x80000000u && b == ~0u)
        return is_rest ? 0 : a;
    return (uint32_t)(is_rest ? (int32_t)a % (int32_t)b : (int32_t)a / (int32_t)b);
}

static uint32_t multiply(unsigned operation, uint32_t a, uint32_t b)
{
    const int64_t wide_a = (int32_t)a, wide_b = (int32_t)b;

    switch (operation) {
    case 0:
        return a * b;
    case 1:
        return (uint32_t)((uint64_t)(wide_a * wide_b) >> 32);
    case 2:
        return (uint32_t)((uint64_t)(wide_a * (int64_t)b) >> 32);
    case 3:
        return (uint32_t)((uint64_t)a * b >> 32);
    default:
        return divide(operation, a, b);
    }
}

static int operate(struct cpu *c, uint32_t insn, uint32_t a, uint32_t b)
{
    const unsigned operation = field(insn, 12, 3), variant = field(insn, 25, 7);
    const bool has_other = operation == 0 || operation == 5;

    if (variant == 1)
        c->x[field(insn, 7, 5)] = multiply(operation, a, b);
    else if (variant == 0 || (variant == 0x20 && has_other))
        c->x[field(insn, 7, 5)] = compute(operation, variant != 0, a, b);
    else
        return ILLEGAL;
    return NONE;
}

static int operate_imm(struct cpu *c, uint32_t insn, uint32_t a)
{
    const unsigned operation = field(insn, 12, 3), variant = field(insn, 25, 7);

    if ((operation == 1 && variant != 0) || (operation == 5 && (variant & 0x5fu) != 0))
        return ILLEGAL;
    c->x[field(insn, 7, 5)] = compute(operation, operation == 5 && variant != 0, a, upper(insn, 20));
    return NONE;
}

static int csr_access(struct cpu *c, uint32_t insn, uint32_t value)
{
    const unsigned operation = field(insn, 12, 2), from = field(insn, 15, 5), number = field(insn, 20, 12);
    const uint32_t operand = field(insn, 14, 1) != 0 ? from : value;
    const bool is_write = operation == 1 || from != 0;
    unsigned i = 0;
    uint32_t old, new;

    while (i < CPU_CSRS && csrs[i].number != number)
        i++;
    if (operation == 0 || i == CPU_CSRS || (is_write && number >> 10 == 3))
        return ILLEGAL;
    old = c->csr[i];
    new = operation == 1 ? operand : operation == 2 ? old | operand : old & ~operand;
    c->csr[i] = (old & ~csrs[i].writable) | (new &csrs[i].writable);
    c->x[field(insn, 7, 5)] = old;
    return NONE;
}

static int system_insn(struct cpu *c, uint32_t insn)
{
    switch (insn) {
    case 0x00000073:
        return ECALL;
    case 0x00100073:
        return BREAKPOINT;
    case 0x10500073:
        c->waits = true;
        return NONE;
    case 0x30200073: /* MRET */
        c->csr[MSTATUS] = STATUS_MPP | STATUS_MPIE | ((c->csr[MSTATUS] & STATUS_MPIE) != 0 ? STATUS_MIE : 0);
        return jump(c, c->csr[MEPC]);
    default:
        return csr_access(c, insn, c->x[field(insn, 15, 5)]);
    }
}

static int execute(struct cpu *c, uint32_t insn)
{
    const uint32_t a = c->x[field(insn, 15, 5)], b = c->x[field(insn, 20, 5)], pc = c->pc;
    uint32_t *const rd = &c->x[field(insn, 7, 5)];
    int cause;

    switch (field(insn, 0, 7)) {
    case LUI:
        *rd = insn & ~0xfffu;
        return NONE;
    case AUIPC:
        *rd = pc + (insn & ~0xfffu);
        return NONE;
    case JAL:
    case JALR:
        cause = jump(c, field(insn, 3, 1) != 0 ? pc + imm_j(insn) : (a + upper(insn, 20)) & ~1u);
        if (cause == NONE)
            *rd = pc + 4u;
        return cause;
    case BRANCH:
        return branch(c, insn, a, b);
    case LOAD:
        return load(c, insn, a + upper(insn, 20));
    case STORE:
        return store(c, insn, a + imm_s(insn));
    case OP_IMM:
        return operate_imm(c, insn, a);
    case OP:
        return operate(c, insn, a, b);
    case FENCE: /* devices act within an access */
        return NONE;
    case SYSTEM:
        return system_insn(c, insn);
    default:
        return ILLEGAL;
    }
}

void cpu_reset(struct cpu *c, uint32_t pc)
{
    memset(c, 0, sizeof(*c));
    c->pc = pc;
    c->csr[MSTATUS] = STATUS_MPP;
    c->csr[MISA] = 0x40001100u; /* 32 bits, I and M */
}

void cpu_step(struct cpu *c, bool interrupt)
{
    uint32_t insn = 0;
    int cause;

    c->csr[MIP] = interrupt ? 1u << EXTERNAL : 0;
    if ((c->csr[MIP] & c->csr[MIE]) != 0) {
        c->waits = false;
        if ((c->csr[MSTATUS] & STATUS_MIE) != 0)
            trap(c, 0x80000000u | EXTERNAL, 0);
    }
    if (c->waits || c->dead)
        return;
    c->next = c->pc + 4u;
    c->tval = c->pc;
    if (!bus_access(c->pc, sizeof(insn), false, &insn)) {
        c->dead = c->pc == c->csr[MTVEC];
        trap(c, FETCH_FAULT, c->pc);
        return;
    }
    cause = execute(c, insn);
    c->x[0] = 0;
    if (cause == NONE)
        c->pc = c->next;
    else
        trap(c, (uint32_t)cause, cause == ILLEGAL ? insn : cause == ECALL ? 0 : c->tval);
}
