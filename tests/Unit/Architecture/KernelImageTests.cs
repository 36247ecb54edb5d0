// No code of the kernel's images touches a program's SSE registers (tools/RingOS.ImageCheck, which the build runs too), and registers of devices
// are accessed where the instrument looks.
// Next: CosmosKitTests.cs
using System;
using System.IO;
using System.Linq;
using Iced.Intel;
using RingOS.Host.Boot;
using RingOS.ImageCheck;
using RingOS.Tests.Unit.Host;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Disassembles what was built.</summary>
public sealed class KernelImageTests
{
    private const string Kernel = "RingOS.Kernel.Native";
    private const string Bare = "RingOS.Kernel.Bare";

    [Theory]
    [InlineData(Kernel)]
    [InlineData(Bare)]
    public void KernelCodeIsFreeOfSse(string image)
    {
        using StringWriter report = new();
        int result = KernelImageCheck.Run([SourceTree.Built(image, image + ".elf")], report);
        Assert.True(result == 0, report.ToString());
    }

    [Theory]
    [InlineData("Endpoint__Transfer")] // C#
    [InlineData("read_time_stamp")] // assembly
    public void AnInstructionInTheMiddleOfAnImageIsFound(string function)
    {
        using TemporaryFolder folder = new();
        string original = SourceTree.Built(Bare, Bare + ".elf");
        byte[] file = File.ReadAllBytes(original);
        ElfFile image = ElfFile.Read(original);
        ElfSymbol target = image.Symbols.First(symbol => symbol.IsFunction && symbol.Name.EndsWith(function, StringComparison.Ordinal));
        ElfSegment text = image.Segments.Single(static segment => segment.IsExecutable);
        Convert.FromHexString("0F1101C3").CopyTo(file, (int)(text.FileOffset + target.Address - text.Address)); // movups [rcx],xmm0
        File.WriteAllBytes(folder["image.elf"], file);
        using StringWriter report = new();
        Assert.Equal(1, KernelImageCheck.Run([folder["image.elf"]], report));
        string expected = $"{target.Name} uses an SSE register at 0x{target.Address:x}: movups [rcx],xmm0";
        Assert.Contains(expected, report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0F1101", "movups")] // movups [rcx],xmm0
    [InlineData("66480F6EC0", "movq")] // movq xmm0,rax
    [InlineData("C5FC2801", "vmovaps")] // vmovaps ymm0,[rcx]
    [InlineData("0F6EC0", "movd")] // movd mm0,eax
    [InlineData("D8C1", "fadd")] // fadd st,st(1)
    public void EveryKindOfRegisterIsSeen(string code, string mnemonic)
    {
        SseUse use = Assert.Single(SseScan.FindIn("method", 0x1000, Convert.FromHexString("90" + code + "C3")));
        Assert.Equal(("method", 0x1001ul), (use.Method, use.Address));
        Assert.StartsWith(mnemonic, use.Instruction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("480FAE07")] // fxsave64 [rdi]
    [InlineData("480FAE0F")] // fxrstor64 [rdi]
    [InlineData("F348A5")] // rep movsq
    public void KeepingAndCopyingAreAllowed(string code) => Assert.Empty(SseScan.FindIn("method", 0, Convert.FromHexString(code)));

    /// <summary>
    /// The instrument tells a device outside the machine of the instructions in these routines: an access in a routine called from there would
    /// not be noticed.
    /// </summary>
    [Theory]
    [InlineData(Kernel)]
    [InlineData("RingOS.NicService.Bcm5721")]
    public void RegisterAccessorsDoTheirAccessThemselves(string image)
    {
        ElfFile file = ElfFile.Read(SourceTree.Built(image, image + ".elf"));
        ElfSegment text = file.Segments.Single(static segment => segment.IsExecutable);
        byte[] bytes = File.ReadAllBytes(SourceTree.Built(image, image + ".elf"));
        ElfSymbol[] accessors = [.. file.Symbols.Where(static symbol => symbol.IsFunction && EventRules.Default.IsRegisterAccess(symbol.Name))];
        Assert.True(accessors.Length >= 2);
        foreach (ElfSymbol accessor in accessors)
        {
            Decoder decoder = Decoder.Create(64, bytes[(int)(text.FileOffset + accessor.Address - text.Address)..], accessor.Address);
            Instruction access = decoder.Decode();
            while (access.MemoryBase == Register.None && access.FlowControl == FlowControl.Next)
                access = decoder.Decode();
            Assert.True(access.MemoryBase == Register.RDI, $"{accessor.Name}: {access}"); // its first argument
        }
    }

    [Fact]
    public void ABadPathIsSaidInOneLine()
    {
        using StringWriter report = new();
        Assert.Equal(2, KernelImageCheck.Run(["nothing.elf"], report));
        Assert.Single(report.ToString().Trim().Split('\n'));
        Assert.Equal(2, KernelImageCheck.Run([], TextWriter.Null));
    }
}
