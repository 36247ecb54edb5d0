// Who is told what happens on a medium. Next: Trace/MediumTrace.cs
namespace RingOS.Ethernet;

/// <summary>Is called in the order of time; during a call <see cref="Medium.Now"/> is the time of the event.</summary>
/// <remarks>A call may offer frames; it must not run the medium. Times are bit times.</remarks>
public interface IMediumObserver
{
    /// <summary>The MAC is done with its frame, well or ill, and idle again.</summary>
    void OnSent(int station, Frame frame, TransmitReport report);

    /// <summary>The last bit of an intact frame reached a station. Whom it is for is the station's business.</summary>
    void OnReceived(int station, Frame frame, long at);

    /// <summary>The first bit of the preamble leaves.</summary>
    /// <param name="attempt">1 to <see cref="CsmaCd.AttemptLimit"/>.</param>
    void OnAttempt(int station, Frame frame, int attempt, long at)
    {
    }

    /// <summary>An attempt that begins at <paramref name="at"/> was ready at <paramref name="since"/>, but others were sending.</summary>
    void OnDeferred(int station, Frame frame, long since, long at)
    {
    }

    /// <summary>A sending station hears another.</summary>
    void OnCollision(int station, Frame frame, int attempt, long at)
    {
    }

    /// <summary>A station waits at random, until it may listen for silence again.</summary>
    void OnBackoff(int station, Frame frame, int slots, long until)
    {
    }
}
