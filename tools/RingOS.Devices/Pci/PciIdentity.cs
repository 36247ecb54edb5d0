// Who a PCI function says it is. PCI Local Bus Specification 3.0, 6.2.1. Next: PciConfiguration.cs
namespace RingOS.Devices.Pci;

/// <param name="Vendor">Vendor ID.</param>
/// <param name="Device">Device ID.</param>
/// <param name="ClassCode">Class, subclass and programming interface, 24 bits.</param>
/// <param name="Revision">Revision ID.</param>
/// <param name="WindowLength">Bytes of BAR 0: a power of two, at least 64 KiB.</param>
public sealed record PciIdentity(ushort Vendor, ushort Device, uint ClassCode, byte Revision, uint WindowLength);
