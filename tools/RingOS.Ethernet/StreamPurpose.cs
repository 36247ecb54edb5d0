// What random numbers are drawn for. Back to: RandomStream.cs
namespace RingOS.Ethernet;

/// <summary>Kinds of streams.</summary>
public enum StreamPurpose : ulong
{
    /// <summary>Backoff slots, numbered by station.</summary>
    Backoff = 1,

    /// <summary>Backoff slots of a MAC whose driver wrote a seed, numbered by that seed.</summary>
    ProgrammedBackoff = 2,

    /// <summary>Times of arrival of a simulated load, numbered by station.</summary>
    Arrivals = 3,

    /// <summary>Slots of the model of Metcalfe and Boggs.</summary>
    Slots = 4,
}
