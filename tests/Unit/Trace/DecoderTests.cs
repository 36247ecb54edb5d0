// The instrument's few opcodes against a complete disassembler. Code: tools/RingOS.Instrument/Decoder.cs. Next: InstrumentTicksTests.cs
using System;
using CsCheck;
using Iced.Intel;
using RingOS.Instrument;
using Xunit;
using Decoder = RingOS.Instrument.Decoder;

namespace RingOS.Tests.Unit.Trace;

public sealed unsafe class DecoderTests
{
    private const ulong Address = 0xFFFF_FFFF_8012_3456;

    [Theory]
    [InlineData(new byte[] { 0x0F, 0x05 }, InstructionKind.Syscall)]
    [InlineData(new byte[] { 0x48, 0x0F, 0x07 }, InstructionKind.SyscallReturn)]
    [InlineData(new byte[] { 0xCD, 0x80 }, InstructionKind.SoftwareInterrupt)]
    [InlineData(new byte[] { 0x48, 0xCF }, InstructionKind.InterruptReturn)]
    [InlineData(new byte[] { 0xFF, 0x1D, 1, 0, 0, 0 }, InstructionKind.FarCall)]
    [InlineData(new byte[] { 0x48, 0xCB }, InstructionKind.FarReturn)]
    [InlineData(new byte[] { 0xF3, 0x48, 0xA5 }, InstructionKind.Repeat)]
    [InlineData(new byte[] { 0x0F, 0x31 }, InstructionKind.ReadClock)]
    [InlineData(new byte[] { 0xFF, 0x14, 0xC1 }, InstructionKind.IndirectTransfer)]
    [InlineData(new byte[] { 0xF3, 0x90 }, InstructionKind.Other)] // pause
    [InlineData(new byte[] { 0xC3 }, InstructionKind.Return)]
    [InlineData(new byte[] { 0xC2, 8, 0 }, InstructionKind.Return)]
    public void KindsAreTold(byte[] bytes, InstructionKind kind) => Assert.Equal(kind, Decode(bytes, out _));

    [Theory]
    [InlineData(new byte[] { 0xE8, 0x10, 0, 0, 0 }, 5 + 0x10)]
    [InlineData(new byte[] { 0xE9, 0xF0, 0xFF, 0xFF, 0xFF }, 5 - 0x10)]
    [InlineData(new byte[] { 0xEB, 0xFE }, 0)]
    public void DirectTransfersHaveATarget(byte[] bytes, int distance)
    {
        Assert.Equal(InstructionKind.DirectTransfer, Decode(bytes, out ulong target));
        Assert.Equal(Address + (ulong)distance, target);
    }

    [Fact]
    public void AnyInstructionIsWhatADisassemblerSays()
        => Gen.Byte.Array[15].Sample(static bytes =>
        {
            Iced.Intel.Decoder decoder = Iced.Intel.Decoder.Create(64, bytes);
            decoder.IP = Address;
            decoder.Decode(out Iced.Intel.Instruction instruction);
            if (instruction.IsInvalid || instruction.HasLockPrefix)
                return;
            Assert.Equal(KindOf(instruction), Decode(bytes[..instruction.Length], out ulong target));
            if (KindOf(instruction) == InstructionKind.DirectTransfer)
                Assert.Equal(instruction.NearBranchTarget, target);
            else
                Assert.Equal(instruction.NextIP, target);
        }, iter: 100_000);

    private static InstructionKind KindOf(in Iced.Intel.Instruction instruction)
    {
        if (instruction.IsStringInstruction && (instruction.HasRepPrefix || instruction.HasRepnePrefix))
            return InstructionKind.Repeat;
        return instruction.Mnemonic switch
        {
            Mnemonic.Syscall => InstructionKind.Syscall,
            Mnemonic.Sysret or Mnemonic.Sysretq => InstructionKind.SyscallReturn,
            Mnemonic.Int => InstructionKind.SoftwareInterrupt,
            Mnemonic.Iret or Mnemonic.Iretd or Mnemonic.Iretq => InstructionKind.InterruptReturn,
            Mnemonic.Retf => InstructionKind.FarReturn,
            Mnemonic.Ret => InstructionKind.Return,
            Mnemonic.Rdtsc => InstructionKind.ReadClock,
            Mnemonic.Call or Mnemonic.Jmp => TransferOf(instruction),
            _ => InstructionKind.Other,
        };
    }

    private static InstructionKind TransferOf(in Iced.Intel.Instruction instruction)
    {
        if (instruction.IsCallFarIndirect)
            return InstructionKind.FarCall;
        if (instruction.IsJmpFarIndirect)
            return InstructionKind.Other;
        return instruction.Op0Kind is OpKind.NearBranch64 or OpKind.NearBranch32 or OpKind.NearBranch16 ? InstructionKind.DirectTransfer : InstructionKind.IndirectTransfer;
    }

    private static InstructionKind Decode(byte[] bytes, out ulong target)
    {
        fixed (byte* start = bytes)
            return Decoder.Decode(start, (uint)bytes.Length, Address, out target);
    }
}
