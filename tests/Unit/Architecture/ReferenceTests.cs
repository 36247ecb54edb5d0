// References point one way: design, "Folders". The one table of what may reference what. Next: SafeCodeTests.cs
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Reads the references out of the built assemblies.</summary>
public sealed class ReferenceTests
{
    private const string CoreLib = "RingOS.CoreLib";
    private const string Abi = "RingOS.Abi";
    private const string Hardware = "RingOS.Hardware";
    private const string Net = "RingOS.Net";
    private const string User = "RingOS.User";
    private const string E1000 = "RingOS.Drivers.E1000";
    private const string E1000e = "RingOS.Drivers.E1000e";
    private const string Bcm5721 = "RingOS.Drivers.Bcm5721";
    private const string Rtl8139 = "RingOS.Drivers.Rtl8139";
    private const string DirectHost = "RingOS.Hosts.Direct";
    private const string ServiceHost = "RingOS.Hosts.Service";
    private const string FaultyHost = "RingOS.Hosts.Faulty";
    private const string FaultyNative = "RingOS.Hosts.Faulty.Native";
    private const string ServerHost = "RingOS.Hosts.Server";
    private const string SoftwareHost = "RingOS.Hosts.Software";
    private const string KernelProper = "RingOS.Kernel";
    private const string Placement = "RingOS.Kernel.Placement";
    private const string KernelImage = "RingOS.Kernel.Native";
    private const string BareImage = "RingOS.Kernel.Bare";

    // Everybody may reference the core library; nobody may reference anything that is not named here.
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        [CoreLib] = [],
        [Abi] = [],
        [Hardware] = [Abi],
        [Net] = [Abi, Hardware],
        [E1000] = [Abi, Hardware],
        [E1000e] = [Abi, Hardware],
        [Bcm5721] = [Abi, Hardware],
        [Rtl8139] = [Abi, Hardware],
        [DirectHost] = [Abi, Hardware, Net],
        [FaultyHost] = [Abi, Hardware],
        [FaultyNative] = [Hardware, FaultyHost],
        [ServerHost] = [Abi, Hardware],
        [SoftwareHost] = [Abi, Hardware, ServerHost],
        [ServiceHost] = [Abi, Hardware, User, ServerHost],
        ["RingOS.NicService.E1000"] = [Hardware, ServiceHost, E1000],
        ["RingOS.NicService.E1000e"] = [Hardware, ServiceHost, E1000e],
        ["RingOS.NicService.Bcm5721"] = [Hardware, ServiceHost, Bcm5721],
        ["RingOS.NicService.Rtl8139"] = [Hardware, ServiceHost, Rtl8139],
        [User] = [Abi],
        ["RingOS.NetService"] = [Abi, Hardware, Net, User],
        ["RingOS.Echo"] = [Abi, User],
        ["RingOS.Supervisor"] = [Abi, User],
        ["RingOS.Hello"] = [Abi, User],
        ["RingOS.Iperf"] = [Abi, User],
        ["RingOS.Netstat"] = [Abi, User],
        ["RingOS.Ping"] = [Abi, User],
        ["RingOS.Primitives"] = [Abi, User],
        ["RingOS.UdpEcho"] = [Abi, User],
        [KernelProper] = [Abi, Hardware],
        [Placement] = [Abi, Hardware, KernelProper, Net, E1000, E1000e, Rtl8139, Bcm5721, DirectHost, ServerHost, SoftwareHost],
        [KernelImage] = [Abi, Hardware, KernelProper, Placement],
        [BareImage] = [Abi, Hardware, KernelProper],
        ["RingOS.Kernel.Unchecked"] = [Abi, Hardware, KernelProper, Placement],
        ["RingOS.Kernel.Faulty"] = [Abi, Hardware, KernelProper, Placement, FaultyHost, FaultyNative],
    };

    // Libraries under another's name: as images see them, there is only that one.
    private static readonly string[] s_variants = ["RingOS.CoreLib.Safe", "RingOS.Abi.Safe", "RingOS.Hardware.Safe", "RingOS.Hardware.Unchecked"];

    public static TheoryData<string> Assemblies => [.. s_arrows.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void ReferencesOnlyWhatIsBelowIt(string assembly)
        => Assert.Empty(References(SourceTree.Assembly(assembly)).Except([.. s_arrows[assembly], CoreLib]));

    [Fact]
    public void TheTableNamesEveryProjectOfTheImages()
    {
        IEnumerable<string> projects = SourceTree.Files("*.csproj", "lib", "kernel", "drivers", "userland")
            .Where(static path => !path.StartsWith("kernel/kits/Cosmos/", System.StringComparison.Ordinal))
            .Select(static path => Path.GetFileNameWithoutExtension(path)!);
        Assert.Equal(s_arrows.Keys.Concat(s_variants).Order(), projects.Order());
    }

    [Fact]
    public void TheBareKernelIsMadeWithoutNetworkOrDriver()
    {
        string folder = Path.GetDirectoryName(SourceTree.Assembly(BareImage))!;
        Assert.Empty(Directory.EnumerateFiles(folder, "*.dll")
            .Select(static file => Path.GetFileNameWithoutExtension(file))
            .Except([BareImage, KernelProper, Hardware, Abi, CoreLib]));
    }

    [Fact]
    public void ReferencesAreFound() // so that none missing above means none there
        => Assert.Contains(KernelProper, References(SourceTree.Assembly(Placement)));

    [Fact]
    public void TheSimulatedEthernetStandsAlone() // no guest, NIC or QEMU, so that it can be trusted by itself
        => Assert.DoesNotContain(
            References(SourceTree.Assembly("RingOS.Ethernet")),
            static name => !name.StartsWith("System.", System.StringComparison.Ordinal));

    private static IEnumerable<string> References(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        return [.. module.AssemblyReferences.Select(static reference => reference.Name)];
    }
}
