// What a receive ring must know of a report to take it out. Next: ReceiveDescriptor.cs
namespace RingOS.Drivers.E1000;

/// <summary>Word 1 of a receive descriptor as the device has written it.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IReceiveReport<TSelf>
    where TSelf : struct, IReceiveReport<TSelf>
{
    static abstract TSelf Of(ulong word);

    /// <summary>The device is done with the buffer.</summary>
    bool IsDone { get; }
}
