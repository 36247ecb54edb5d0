// What the time of a medium went to. Next: MediumStatistics.cs
namespace RingOS.Ethernet;

/// <summary>Sums over a run.</summary>
/// <param name="FrameBits">Of frames that got through, without preamble; at a switch, that not every queue dropped.</param>
/// <param name="CarryingTime">Bit times in which a hub carried a frame that got through, preamble included; 0 for a switch.</param>
/// <param name="CollisionTime">Bit times in which a hub carried fragments and jams; 0 for a switch.</param>
/// <param name="Garbled">Frames that were sent whole but overlapped in the hub unnoticed: some cable is too long.</param>
/// <param name="QueueDrops">Frames that found a queue of the switch full; a flooded frame counts for each queue.</param>
public readonly record struct MediumUsage(long FrameBits, long CarryingTime, long CollisionTime, long Garbled, long QueueDrops);
