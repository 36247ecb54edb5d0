// The language's wall: what a driver sees of the libraries, and what becomes of sources that try to get around it: tests/Refused.
// Rules for IL: tools/RingOS.DriverCheck. Images: SafeImagesTests.cs. Next: UnsafeKeywordTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using Mono.Cecil;
using RingOS.DriverCheck;
using RingOS.Host.Faults;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Runs the C# compiler as the build of a driver does, and reads what it made.</summary>
public sealed class SafeDriverTests : IDisposable
{
    // What lib/Hardware shows a driver. The whole list, so that nobody adds to it without noticing.
    private static readonly string[] s_hardware =
    [
        "RingOS.Hardware.AnyRegister`1", "RingOS.Hardware.Clock", "RingOS.Hardware.Deadline", "RingOS.Hardware.DeviceAddress",
        "RingOS.Hardware.DmaRegion", "RingOS.Hardware.Fence", "RingOS.Hardware.GrantViolation", "RingOS.Hardware.INicDriver",
        "RingOS.Hardware.INicEvents", "RingOS.Hardware.MmioRegion", "RingOS.Hardware.NicGrant", "RingOS.Hardware.PacketCopier",
        "RingOS.Hardware.PacketIndex", "RingOS.Hardware.PacketWindow", "RingOS.Hardware.RegisterWindow", "RingOS.Hardware.Register`1",
    ];

    // Where an address could be in what a driver sees, and why it is harmless: the list has neither delegates nor types as values.
    private static readonly string[] s_addressesShown =
    [
        "System.Action", "System.Action`1", "System.Func`1", "System.Func`2", "System.Type::GetTypeFromHandle",
    ];

    private static readonly HashSet<string> s_addresses =
    [
        "System.IntPtr", "System.UIntPtr", "System.RuntimeFieldHandle", "System.RuntimeMethodHandle", "System.RuntimeTypeHandle",
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Projects compiled as drivers: build/Freestanding.props.</summary>
    public static TheoryData<string> Drivers =>
    [
        .. SourceTree.Files("*.csproj", "drivers").Where(static path => !path.StartsWith("drivers/hosts/", StringComparison.Ordinal)),
        "drivers/hosts/Faulty/RingOS.Hosts.Faulty.csproj",
        "tests/Boot/Programs/DriverFaultKernel/driver/RingOS.Test.WrongDriver.csproj",
    ];

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
        IReadOnlyList<string> offences = CheckDriver(Output);
        Assert.All(sources, path => Assert.Contains(offences, offence => offence.Contains("Escape." + Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal)));
        Assert.Contains("System.Runtime.RuntimeImportAttribute has a name that the compilers know", offences);
        Assert.Contains("the assembly has the attribute System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", offences);
    }

    // Everything that the compiler refuses, compiled without the wall, as if somebody had built a driver in another way.
    [Fact]
    public async Task TheRulesSeeWhatTheCompilerRefuses()
    {
        List<string> sources = [.. Sources("ByCompiler")];
        Assert.Empty(await DriverCompiler.CompileUnwalledAsync(sources, Output, CancellationToken.None));
        IReadOnlyList<string> offences = CheckDriver(Output);
        Assert.All(sources, path => Assert.Contains(offences, offence => offence.Contains(Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal)));
    }

    [Fact]
    public void ADriverForAnOlderCSharpIsRefused() // its compiler would not have checked where a ref may go
    {
        using (ModuleDefinition module = ModuleDefinition.ReadModule(SourceTree.Assembly("RingOS.Drivers.E1000")))
        {
            Assert.True(module.CustomAttributes.Remove(module.CustomAttributes.Single(static attribute => attribute.AttributeType.Name == "RefSafetyRulesAttribute")));
            module.Write(Output);
        }
        Assert.Contains("was compiled for a C# before 11, which does not know where a ref may go", CheckDriver(Output));
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public void ADriverUsesOnlyWhatIsOnTheList(string project)
        => Assert.Empty(CheckDriver(SourceTree.Assembly(Path.GetFileNameWithoutExtension(project))));

    // The rest is the build's to say: references, language version, warnings.
    [Theory]
    [MemberData(nameof(Drivers))]
    public void ADriversProjectSaysThatItIsSafeAndNoMore(string project)
    {
        XElement root = XDocument.Parse(SourceTree.Read(project)).Root!;
        Assert.Equal("false", Assert.Single(root.Elements("PropertyGroup").Elements()).Value);
        Assert.Single(root.Descendants("AllowUnsafeBlocks"));
        Assert.All(root.Elements("ItemGroup").Elements(), static item => Assert.Equal("Compile", item.Name.LocalName));
        Assert.All(root.Elements(), static element => Assert.Contains(element.Name.LocalName, new[] { "PropertyGroup", "ItemGroup" }));
    }

    [Fact]
    public void TheHardwareLibraryShowsTheseTypesAndNoOthers() => Assert.Equal(s_hardware, PublicTypes(DriverCompiler.SafeLibraries[2]).Order(StringComparer.Ordinal));

    [Fact]
    public void ASafeLibraryAddsNothing()
        => Assert.All(DriverCompiler.SafeLibraries.Zip(DriverCompiler.FullLibraries), static pair => Assert.Subset(PublicTypes(pair.Second), PublicTypes(pair.First)));

    [Fact]
    public void WhatADriverSeesHasNoAddresses()
        => Assert.Equal(s_addressesShown, DriverCompiler.SafeLibraries.SelectMany(Addresses).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void TheFullLibrariesHaveAddresses() // so that none above means none there
        => Assert.All(["RingOS.Hardware.DmaRegion::.ctor", "System.Span`1::.ctor"],
            static member => Assert.Contains(member, DriverCompiler.FullLibraries.SelectMany(Addresses)));

    [Fact]
    public void NoLibraryHasFriends()
        => Assert.All(DriverCompiler.FullLibraries, static path =>
        {
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
            Assert.DoesNotContain(assembly.CustomAttributes, static attribute => attribute.AttributeType.Name == "InternalsVisibleToAttribute");
        });

    [Fact]
    public void ABadPathIsSaidInOneLine()
    {
        using StringWriter report = new();
        Assert.Equal(2, DriverCheckCommand.Run(["nothing.dll", .. DriverCompiler.SafeLibraries], report));
        Assert.Single(report.ToString().Trim().Split('\n'));
        Assert.Equal(2, DriverCheckCommand.Run([], TextWriter.Null));
    }

    [Fact]
    public void TheCommandSaysWhatTheRulesSay()
    {
        using StringWriter report = new();
        Assert.Equal(0, DriverCheckCommand.Run([SourceTree.Assembly("RingOS.Drivers.E1000"), .. DriverCompiler.SafeLibraries], report));
        Assert.Equal(1, DriverCheckCommand.Run([SourceTree.Assembly("RingOS.Net"), .. DriverCompiler.SafeLibraries], report));
        Assert.All(report.ToString().Trim().Split('\n'), static line => Assert.StartsWith("error: ", line, StringComparison.Ordinal));
    }

    internal static IReadOnlyList<string> CheckDriver(string path)
    {
        using ReferenceSurface references = new(DriverCompiler.SafeLibraries);
        return new DriverRules(references).Check(path);
    }

    private static IEnumerable<string> Sources(string folder)
        => SourceTree.Files("*.cs", $"tests/Refused/{folder}").Select(static path => Path.Combine(SourceTree.Root, path));

    private static HashSet<string> PublicTypes(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        return [.. module.GetTypes().Where(static type => type.IsPublic || type.IsNestedPublic).Select(static type => type.FullName)];
    }

    // Types and members whose public face is as wide as an address. A delegate's is its constructor.
    private static List<string> Addresses(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. module.GetTypes().Where(static type => type.IsPublic || type.IsNestedPublic)
                .SelectMany(static type => type.BaseType?.Name == "MulticastDelegate"
                    ? [type.FullName]
                    : type.Methods.Where(static method => method.IsPublic || method.IsFamily)
                        .Where(static method => method.Parameters.Select(static parameter => parameter.ParameterType).Append(method.ReturnType).Any(IsAddress))
                        .Select(method => $"{type.FullName}::{method.Name}")
                        .Concat(type.Fields.Where(static field => field.IsPublic && IsAddress(field.FieldType)).Select(field => $"{type.FullName}::{field.Name}"))),
        ];
    }

    private static bool IsAddress(TypeReference type) => type switch
    {
        PointerType or FunctionPointerType => true,
        GenericInstanceType generic => generic.GenericArguments.Any(IsAddress),
        TypeSpecification specification => IsAddress(specification.ElementType),
        _ => s_addresses.Contains(type.FullName),
    };
}
