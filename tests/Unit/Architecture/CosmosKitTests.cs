// The Cosmos kit cannot be built where its packages are not served, so its project file and its reading of Limine are tested here;
// that its C# compiles is tests/CosmosStubs. Subject: kernel/kits/Cosmos. Next: CosmosStubTests.cs
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Cosmos.Kernel.Boot.Limine;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Kits.CosmosGen3;
using RingOS.Kernel.Memory;
using RingOS.Tests.Unit.Host;
using Xunit;
using CosmosKernel = RingOS.Kernel.Kits.CosmosGen3.Kernel;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>What can be known of the kit without Cosmos.</summary>
public sealed unsafe class CosmosKitTests
{
    private const string Folder = "kernel/kits/Cosmos";
    private const ulong DirectMap = 0xFFFF_8000_0000_0000;
    private const ulong MiB = 1 << 20;

    private static readonly string[] s_stubs =
    [
        Folder + "/cosmos.asm", "kernel/arch/x64/cpu.asm", "kernel/arch/x64/entry.asm", "kernel/arch/x64/switch.asm", "kernel/arch/x64/gates.asm",
    ];

    private static readonly XElement s_project = XDocument.Parse(SourceTree.Read(Folder + "/RingOS.Kernel.Cosmos.csproj")).Root!;

    [Fact]
    public void ItIsACosmosGen3ProjectWithoutCosmosInterrupts()
    {
        Assert.Equal("Cosmos.Sdk/3.0.82", (string?)s_project.Attribute("Sdk"));
        Assert.Equal("Exe", s_project.Descendants("OutputType").Single().Value); // without it csc looks for no entry point and makes no .elf
        Assert.Equal("false", s_project.Descendants("CosmosEnableInterrupts").Single().Value);
        Assert.EndsWith(" -w", s_project.Descendants("CCCompilerFlags").Single().Value, StringComparison.Ordinal);
        Assert.Equal(typeof(CosmosKernel).FullName, s_project.Descendants("CosmosKernelClass").Single().Value);
    }

    [Fact]
    public void ItsStubsAreAssembledAfterBuildCC()
    {
        XElement target = Assert.Single(s_project.Elements("Target"));
        Assert.Equal("BuildCC", (string?)target.Attribute("AfterTargets"));
        Assert.Equal("$(IntermediateOutputPath)cosmos/asm/%(KernelStub.Filename).obj", (string?)target.Attribute("Outputs"));
        string stubs = (string)s_project.Descendants("KernelStub").Single().Attribute("Include")!;
        Assert.Equal(s_stubs, stubs.Split(';').Select(static stub => stub.StartsWith("$(RepoRoot)", StringComparison.Ordinal)
            ? stub["$(RepoRoot)".Length..]
            : $"{Folder}/{stub}"));
    }

    [Fact]
    public void ItsStubsAssembleAndLinkAgainstCosmosLinkerScript()
    {
        using TemporaryFolder folder = new();
        foreach (string stub in s_stubs)
            Assemble(stub, folder[Path.GetFileName(stub) + ".obj"], AssemblerOptions);
        // What --wrap leads elsewhere is defined by an object, as in a Cosmos image: of a --defsym lld 19 makes no __real_.
        File.WriteAllText(folder["cosmos-own.asm"], "global RhpThrowEx, _native_io_write_byte\nsection .text\nRhpThrowEx:\n_native_io_write_byte:\n");
        Run("nasm", "-f", "elf64", "-o", folder["cosmos-own.obj"], folder["cosmos-own.asm"]);
        string[] symbols = ["__kernel_start", "__rodata_start", "__data_start", "__kernel_end"];
        Run("ld.lld",
            ["-static", "-o", folder["stubs.elf"], "--entry=cpu_operations_table", .. LinkerOptions,
            .. symbols.Select(static symbol => $"--defsym={symbol}=0x1000"),
            folder["cosmos-own.obj"], .. s_stubs.Select(stub => folder[Path.GetFileName(stub) + ".obj"])]);
    }

    /// <summary>Both kits assemble the same entry.asm; only where kernel code may use SSE do XMM registers go around the handlers.</summary>
    [Fact]
    public void XmmRegistersAreKeptAroundTheHandlersOfThisKitOnly()
    {
        using TemporaryFolder folder = new();
        Assemble("kernel/arch/x64/entry.asm", folder["cosmos.obj"], AssemblerOptions);
        Assemble("kernel/arch/x64/entry.asm", folder["native.obj"]);
        Assert.Equal((2, 2), Kept(folder["cosmos.obj"])); // interrupt_entry and interrupt_from_kernel
        Assert.Equal((0, 0), Kept(folder["native.obj"]));

        static (int Saved, int Restored) Kept(string file)
        {
            byte[] code = File.ReadAllBytes(file);
            return (Count(code, "480FAE0424"), Count(code, "480FAE0C24")); // fxsave64 [rsp], fxrstor64 [rsp]
        }

        static int Count(byte[] code, string instruction)
        {
            ReadOnlySpan<byte> wanted = Convert.FromHexString(instruction);
            int found = 0;
            for (int at = 0; at + wanted.Length <= code.Length; at++)
                found += code.AsSpan(at, wanted.Length).SequenceEqual(wanted) ? 1 : 0;
            return found;
        }
    }

    [Fact]
    public void TheNativeKitIsAssembledWithoutIt()
        => Assert.DoesNotContain("KERNEL_USES_SSE",
            SourceTree.Read("build/Image.targets") + SourceTree.Read("kernel/kits/Native/KernelImage.props"), StringComparison.Ordinal);

    [Fact]
    public void AnExceptionHasTheWordsOfTheNativeKit()
    {
        string native = SourceTree.Read("lib/CoreLib/Runtime/Panic.cs") + SourceTree.Read("lib/CoreLib/Runtime/TypeCast.cs")
            + SourceTree.Read("lib/CoreLib/Runtime/RuntimeHeap.cs");
        Exception[] thrown =
        [
            new IndexOutOfRangeException(), new NullReferenceException(), new DivideByZeroException(), new OverflowException(),
            new ArrayTypeMismatchException(), new InvalidCastException(), new OutOfMemoryException(), new ArgumentOutOfRangeException(),
            new ArgumentException(), new NotImplementedException(),
        ];
        Assert.All(thrown, exception => Assert.Contains($"\"{ThrownReason.Of(exception)}\"", native, StringComparison.Ordinal));
        Assert.Equal("the driver gives up", ThrownReason.Of(new InvalidOperationException("the driver gives up")));
    }

    [Fact]
    public void ItCompilesTheSourcesThatTheTestsCompile()
    {
        XElement hosted = XDocument.Parse(SourceTree.Read("tests/Hosted/RingOS.Hosted.csproj")).Root!;
        Assert.Equal(KernelSources(hosted, "../../"), KernelSources(s_project, "$(RepoRoot)"));

        static string[] KernelSources(XElement project, string root) =>
        [
            .. project.Descendants("Compile").SelectMany(item => ((string)item.Attribute("Include")!).Split(';'))
                .Where(path => path.StartsWith(root, StringComparison.Ordinal))
                .Select(path => path[root.Length..])
                .Where(static path => path.StartsWith("kernel/", StringComparison.Ordinal)
                    || path.StartsWith("drivers/", StringComparison.Ordinal)
                    || path is "lib/Hardware/**/*.cs" or "lib/Net/**/*.cs")
                .Order(),
        ];
    }

    [Fact]
    public void ItIsNotInTheSolution() => Assert.DoesNotContain("Cosmos.csproj", SourceTree.Read("RingOS.sln"), StringComparison.Ordinal);

    [Fact]
    public void TheKernelGetsAllUsableMemoryButWhatCosmosKeeps()
    {
        Entry[] entries =
        [
            new(0x1000, 0x9E000, LimineMemmapType.Usable),
            new(1 * MiB, 2 * MiB, LimineMemmapType.KernelAndModules),
            new(3 * MiB, 1 * MiB, LimineMemmapType.BootloaderReclaimable),
            new(4 * MiB, 100 * MiB, LimineMemmapType.Usable),
            new(104 * MiB, 2 * MiB, LimineMemmapType.Reserved),
        ];
        BootInfo boot = Read(entries, out FrameAllocator frames);
        Assert.Equal(DirectMap, boot.DirectMapBase);
        Assert.Equal((2 * MiB, 0x1234ul), (boot.Archive.Start.Value, boot.Archive.Length));
        // 0x9E frames below 1 MiB, and the frames lent: 50 MiB that start 16 bytes after a frame's start, so one frame fewer.
        Assert.Equal(0x9Eul + (50 * MiB / Page.Size) - 1, frames.FreeFrames);
    }

    [Fact]
    public void TheImageIsDescribedInWholePages()
    {
        ulong[] bounds = [0xFFFF_FFFF_8000_0000, 0xFFFF_FFFF_8000_2010, 0xFFFF_FFFF_8000_5000, 0xFFFF_FFFF_8000_6001];
        ulong[] address = [0, 1 * MiB, 0xFFFF_FFFF_8000_0000];
        fixed (ulong* where = bounds, response = address)
        {
            KernelImage image = LimineBootInfo.DescribeImage(where, (LimineExecutableAddressResponse*)response);
            Assert.Equal((1 * MiB, bounds[0]), (image.PhysicalStart, image.TextStart));
            Assert.Equal((0xFFFF_FFFF_8000_3000, bounds[2]), (image.ConstantsStart, image.DataStart));
            Assert.Equal(0xFFFF_FFFF_8000_7000, image.End);
        }
    }

    /// <summary>What the project gives nasm besides files and folders.</summary>
    private static string[] AssemblerOptions
    {
        get
        {
            string command = (string)s_project.Descendants("Exec").Single().Attribute("Command")!;
            string[] words = command.Split(' ');
            return [.. words.SkipWhile(static word => word != "-D").TakeWhile(static word => word != "-I")];
        }
    }

    /// <summary>What the project adds to Cosmos's link.</summary>
    internal static string[] LinkerOptions => ((string)s_project.Descendants("LinkerArgs").Single().Attribute("Include")!).Split(';');

    internal static void Assemble(string source, string output, params string[] options)
        => Run("nasm", ["-f", "elf64", "-Werror", .. options, "-I", Path.Combine(SourceTree.Root, Path.GetDirectoryName(source)!) + "/", "-o", output, Path.Combine(SourceTree.Root, source)]);

    internal static void Run(string tool, params string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }

    private static BootInfo Read(Entry[] entries, out FrameAllocator frames)
    {
        fixed (Entry* first = entries)
        {
            Entry** pointers = stackalloc Entry*[entries.Length];
            for (int index = 0; index < entries.Length; index++)
                pointers[index] = first + index;
            ulong* map = stackalloc ulong[] { 0, (ulong)entries.Length, (ulong)pointers };
            LimineFile file = new() { Address = (byte*)(DirectMap + (2 * MiB)), Size = 0x1234 };
            LimineFile* files = &file;
            LimineModuleResponse modules = new() { ModuleCount = 1, Modules = &files };
            LimineBootInfo limine = new((LimineMemmapResponse*)map, &modules, DirectMap);
            HeapLoan loan = HeapLoan.Of(limine.LargestUsable, (20 * MiB) + 16, 50 * MiB);
            KernelImage image = new() { PhysicalStart = 0, TextStart = 0, ConstantsStart = 0, DataStart = 0, End = 0 };
            BootInfo boot = limine.Build(image, loan, []);
            frames = new FrameAllocator(boot.Usable, boot.Reserved);
            return boot;
        }
    }

    private readonly struct Entry(ulong start, ulong length, LimineMemmapType type)
    {
        public readonly ulong Start = start;
        public readonly ulong Length = length;
        public readonly LimineMemmapType Type = type;
    }
}
