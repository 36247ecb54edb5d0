// A cell of the faults matrix: what one fault of the driver did in one placement. Next: FaultSection.cs
namespace RingOS.Host.Report;

/// <summary>What was observed when a driver committed a fault.</summary>
/// <param name="Placement">The placement's name, such as "ring3".</param>
/// <param name="Fault">What the driver did: "wild-write", "privileged", "loop", "exit".</param>
/// <param name="Outcome">What became of the system in two or three words: "restarted", "silent corruption", "panic", "hang".</param>
/// <param name="Detail">What was seen: vector, datagrams lost, length of the outage; empty if there is no more to say.</param>
public sealed record FaultOutcome(string Placement, string Fault, string Outcome, string Detail);
