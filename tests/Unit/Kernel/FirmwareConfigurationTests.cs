// QEMU's firmware configuration as the kernel reads it. Subject: kernel/arch/x64/FirmwareConfiguration.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Arch.X64;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class FirmwareConfigurationTests
{
    private const string Item = BootProtocol.CommandLineItem;

    [Theory]
    [InlineData("placement=ring1 -- hello")]
    [InlineData("")]
    public void AnItemIsFoundAmongOthers(string text)
    {
        FakeDevice device = new(("etc/acpi/tables", "tables"), (Item, text), ("opt/other", "other"));
        byte[]? read = new FirmwareConfiguration(device).Read(Item);
        Assert.Equal(text, read is null ? null : Encoding.ASCII.GetString(read));
    }

    [Theory]
    [InlineData("opt/ringos/commandlin")]
    [InlineData("opt/ringos/commandline2")]
    public void ANameThatIsLongerOrShorterIsAnother(string name)
        => Assert.Null(new FirmwareConfiguration(new FakeDevice((name, "x"))).Read(Item));

    [Fact]
    public void NothingIsThereInAnEmptyDirectory() => Assert.Null(new FirmwareConfiguration(new FakeDevice()).Read(Item));

    [Fact]
    public void AMachineWithoutTheDeviceHasNoItems()
    {
        FakeDevice device = new((Item, "x")) { IsMissing = true };
        Assert.Null(new FirmwareConfiguration(device).Read(Item));
        Assert.True(device.Reads <= 4, "ports that nobody answers are read for the signature only");
    }

    // docs/specs/fw_cfg.rst: a 16-bit selector, then a byte a read; zeros beyond the end.
    private sealed class FakeDevice : PortInstructions
    {
        private readonly Dictionary<ushort, byte[]> _items = new() { [0] = "QEMU"u8.ToArray() };
        private byte[] _selected = [];
        private int _next;

        public FakeDevice(params (string Name, string Content)[] files)
        {
            List<byte> directory = [.. BigEndian((uint)files.Length, 4)];
            for (int i = 0; i < files.Length; i++)
            {
                ushort item = (ushort)(0x20 + i);
                _items[item] = Encoding.ASCII.GetBytes(files[i].Content);
                directory.AddRange(BigEndian((uint)files[i].Content.Length, 4));
                directory.AddRange(BigEndian(item, 2));
                directory.AddRange(BigEndian(0xABCD, 2)); // reserved
                directory.AddRange(Encoding.ASCII.GetBytes(files[i].Name.PadRight(56, '\0')));
            }
            _items[0x19] = [.. directory];
        }

        public bool IsMissing { get; init; }

        public int Reads { get; private set; }

        public override byte In8(ushort port)
        {
            Assert.Equal(0x511, port);
            Reads++;
            return IsMissing ? (byte)0xFF : _next < _selected.Length ? _selected[_next++] : (byte)0;
        }

        public override void Out16(ushort port, ushort value)
        {
            Assert.Equal(0x510, port);
            _selected = _items.GetValueOrDefault(value, []);
            _next = 0;
        }

        public override ushort In16(ushort port) => throw new NotSupportedException();

        public override uint In32(ushort port) => throw new NotSupportedException();

        public override void Out8(ushort port, byte value) => throw new NotSupportedException();

        public override void Out32(ushort port, uint value) => throw new NotSupportedException();

        private static IEnumerable<byte> BigEndian(uint value, int bytes)
            => Enumerable.Range(0, bytes).Select(place => (byte)(value >> (8 * (bytes - 1 - place))));
    }
}
