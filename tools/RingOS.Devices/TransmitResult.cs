// What became of a frame on the medium. IEEE 802.3 4.2.8. Back to: INicPort.cs
namespace RingOS.Devices;

/// <summary>How an attempt to send ended for good.</summary>
public enum TransmitEnd
{
    Sent,

    /// <summary>Given up after 16 attempts.</summary>
    ExcessiveCollisions,

    /// <summary>A collision after the slot time; not tried again.</summary>
    LateCollision,
}

/// <param name="End">How it ended.</param>
/// <param name="Collisions">Attempts that collided: 0 to 16. Negative counts as 0.</param>
/// <param name="WasDeferred">The first attempt had to wait for the medium.</param>
public readonly record struct TransmitResult(TransmitEnd End, int Collisions = 0, bool WasDeferred = false);
