// The language's wall: what a driver sees of the core library, and what becomes of sources that try to get around it: tests/Refused.
// Rules for IL: SafeCodeRules.cs. Next: UnsafeKeywordTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Mono.Cecil;
using RingOS.Host.Faults;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Runs the C# compiler as the build of a driver does, and reads what it made.</summary>
public sealed class SafeDriverTests : IDisposable
{
    // What lib/CoreLib/Compiler/Visibility.cs makes public, and the safe library does not.
    private static readonly string[] s_hidden =
    [
        "System.Panic",
        "System.Runtime.CompilerServices.FixedBufferAttribute",
        "System.Runtime.CompilerServices.InlineArrayAttribute",
        "System.Runtime.CompilerServices.IntrinsicAttribute",
        "System.Runtime.CompilerServices.SkipLocalsInitAttribute",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Runtime.InteropServices.FieldOffsetAttribute",
        "System.Runtime.InteropServices.MemoryMarshal",
        "System.Runtime.InteropServices.StructLayoutAttribute",
        "System.Runtime.MethodTable",
        "System.Runtime.RuntimeExportAttribute",
        "System.Runtime.RuntimeHeap",
        "System.Runtime.RuntimeImportAttribute",
        "System.Runtime.RuntimeStartup",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Drivers
        => [.. SourceTree.Files("*.csproj", "drivers/nic").Select(static path => Path.GetFileNameWithoutExtension(path)!)];

    private string Output => _folder["sample.dll"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheCompilerRefusesEveryEscape()
    {
        HashSet<string> accepted = [.. Sources("ByCompiler")];
        Assert.NotEmpty(accepted);
        // Errors in declarations hide those in method bodies: so again without the refused ones, until nothing is refused any more.
        for (bool isAnyRefused = true; isAnyRefused && accepted.Count > 0;)
        {
            IReadOnlyList<CompilerError> errors = await DriverCompiler.CompileAsync(accepted, Output, CancellationToken.None);
            isAnyRefused = accepted.RemoveWhere(path => errors.Any(error => error.File == Path.GetFileName(path))) > 0;
        }
        Assert.Empty(accepted);
    }

    [Fact]
    public async Task WithoutTheWallTheyCompile()
        => Assert.Empty(await DriverCompiler.CompileUnwalledAsync(Sources("ByCompiler"), Output, CancellationToken.None));

    [Fact]
    public async Task TheRulesSeeWhatTheCompilerTakes()
    {
        List<string> sources = [.. Sources("ByRules")];
        Assert.Empty(await DriverCompiler.CompileAsync(sources, Output, CancellationToken.None));
        using ModuleDefinition module = ModuleDefinition.ReadModule(Output);
        Assert.All(sources, path => Assert.NotEmpty(
            new SafeCodeRules().Check([module.GetType("Escape." + Path.GetFileNameWithoutExtension(path))])));
        Assert.Contains(new SafeCodeRules().Check([module.GetType("System.Runtime.RuntimeImportAttribute")]),
            static offence => offence.EndsWith("has a name that the compilers know", StringComparison.Ordinal));
    }

    [Fact]
    public void TheSafeLibraryHidesTheseTypesAndNoOthers()
        => Assert.Equal(s_hidden, PublicTypes(DriverCompiler.FullCoreLibrary).Except(PublicTypes(DriverCompiler.SafeCoreLibrary)).Order());

    [Fact]
    public void TheSafeLibraryAddsNothing()
        => Assert.Subset(PublicTypes(DriverCompiler.FullCoreLibrary), PublicTypes(DriverCompiler.SafeCoreLibrary));

    [Theory]
    [MemberData(nameof(Drivers))]
    public void ADriverUsesOnlyWhatTheSafeLibraryShows(string driver)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(SourceTree.Assembly(driver));
        HashSet<string> used = [.. module.GetTypeReferences().Where(static type => type.Scope.Name == "RingOS.CoreLib").Select(static type => type.FullName)];
        Assert.Contains("System.Object", used);
        Assert.Subset(PublicTypes(DriverCompiler.SafeCoreLibrary), used);
    }

    private static IEnumerable<string> Sources(string folder)
        => SourceTree.Files("*.cs", $"tests/Refused/{folder}").Select(static path => Path.Combine(SourceTree.Root, path));

    private static HashSet<string> PublicTypes(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        return [.. module.GetTypes().Where(static type => type.IsPublic || type.IsNestedPublic).Select(static type => type.FullName)];
    }
}
