// The table of NICs: one entry says all. Subjects: kernel/placement/nics, tools/RingOS.Host/Machines/NicModel.cs
using System;
using System.Linq;
using System.Text;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Placement.Nics;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class NicTableTests
{
    private static string[] Names => [.. NicTable.All.Select(static kind => Encoding.ASCII.GetString(kind.Name))];

    [Fact]
    public void KernelAndHostKnowTheSameNics()
    {
        Assert.Equal(NicModel.All.Select(static nic => nic.Name), Names);
        Assert.Equal(NicModel.Default, Encoding.ASCII.GetString(NicTable.Default.Name));
    }

    [Fact]
    public void EachHasAServiceOfItsOwn()
        => Assert.Equal(
            NicModel.All.Select(static nic => ProgramTable.ServiceFolder + nic.Service).Order(),
            ProgramTable.All.Select(static program => program.Name).Where(static name => name.StartsWith("service/nic-", StringComparison.Ordinal)));

    [Fact]
    public void WhoeverAsksForAnotherIsToldOfAll()
        => Assert.All(Names, static name => Assert.Contains(name, NicTable.Unknown, StringComparison.Ordinal));

    [Fact]
    public void EachIsFoundByItsName()
        => Assert.All(Names, static name => Assert.Equal(name, Encoding.ASCII.GetString(NicTable.Named(Encoding.ASCII.GetBytes(name))!.Name)));

    [Theory]
    [InlineData("E1000")]
    [InlineData("e100")]
    [InlineData("e10000")]
    public void NothingElseIsFound(string word) => Assert.Null(NicTable.Named(Encoding.ASCII.GetBytes(word)));
}
