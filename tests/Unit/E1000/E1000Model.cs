// Every test of this folder runs against both chips: the drivers promise the same. What only one of them has: E1000eTests.cs
using RingOS.Abi;

namespace RingOS.Tests.Unit.E1000;

/// <summary>A chip, its driver and its model.</summary>
public enum E1000Model
{
    /// <summary>82540EM.</summary>
    E1000,

    /// <summary>82574L.</summary>
    E1000e,
}

/// <summary>Tests that ask the same of both.</summary>
/// <param name="model">The chip.</param>
public abstract class E1000Tests(E1000Model model)
{
    /// <summary>What a driver wants to be told.</summary>
    protected const uint Wanted = FakeE1000.Txdw | FakeE1000.Lsc | FakeE1000.Rxdmt0 | FakeE1000.Rxo | FakeE1000.Rxt0;

    protected E1000Model Model { get; } = model;

    /// <summary>What is unmasked where every frame is to interrupt.</summary>
    protected uint MaskOfFrames => Model == E1000Model.E1000 ? Wanted : FakeE1000e.EveryCause;

    /// <summary>Register writes for which an interrupt is answered where every frame interrupts.</summary>
    protected int WritesAnInterrupt => Model == E1000Model.E1000 ? 0 : 1;

    protected E1000Machine NewMachine() => new(Model);

    /// <summary>A machine whose driver has started.</summary>
    protected E1000Machine Running(int packets = 256, InterruptMode interrupts = InterruptMode.Frame)
        => E1000Machine.Running(Model, packets, interrupts);
}

public sealed class E1000StartTests() : StartTests(E1000Model.E1000);

public sealed class E1000eStartTests() : StartTests(E1000Model.E1000e);

public sealed class E1000TransmitTests() : TransmitTests(E1000Model.E1000);

public sealed class E1000eTransmitTests() : TransmitTests(E1000Model.E1000e);

public sealed class E1000ReceiveTests() : ReceiveTests(E1000Model.E1000);

public sealed class E1000eReceiveTests() : ReceiveTests(E1000Model.E1000e);

public sealed class E1000InterruptModeTests() : InterruptModeTests(E1000Model.E1000);

public sealed class E1000eInterruptModeTests() : InterruptModeTests(E1000Model.E1000e);

public sealed class E1000InterleavingTests() : InterleavingTests(E1000Model.E1000);

public sealed class E1000eInterleavingTests() : InterleavingTests(E1000Model.E1000e);

public sealed class E1000HostileDeviceTests() : HostileDeviceTests(E1000Model.E1000);

public sealed class E1000eHostileDeviceTests() : HostileDeviceTests(E1000Model.E1000e);
