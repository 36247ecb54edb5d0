// Collects a machine's execution trace while it runs. Next: LoadedImages.cs
using System.IO;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using RingOS.Trace;

namespace RingOS.Host.Tracing;

/// <summary>
/// Give <see cref="Options"/> to one machine; <see cref="Trace"/> is there when it has ended. The trace is kept whole, because only
/// the serial line says what was loaded where.
/// </summary>
public sealed class TraceCollector
{
    private ExecutionTrace? _trace;
    private string? _failure;

    public TraceOptions Options => new(LoadedImages.Ranges) { Reader = Read };

    /// <summary>The trace of the machine that has ended.</summary>
    /// <param name="what">Names the run in the error.</param>
    /// <exception cref="RingOsException">There is none, or it cannot be read.</exception>
    public ExecutionTrace Trace(string what)
        => _trace ?? throw new RingOsException(
            $"{what}: {_failure ?? "QEMU wrote no execution trace; check it with: ./ringos doctor"}");

    private Task Read(Stream stream)
    {
        try
        {
            _trace = TraceReader.Read(stream);
        }
        catch (TraceFormatException exception)
        {
            _failure = exception.Message;
        }
        return Task.CompletedTask;
    }
}
