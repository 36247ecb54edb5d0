// ringos hub --pcap: a file for each host, whole or not there. Back to: HubCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using RingOS.Ethernet;
using RingOS.Host;
using RingOS.Hub;

namespace RingOS.Cli;

/// <summary>The captures of an experiment.</summary>
internal sealed class HubCaptures : IDisposable
{
    private readonly List<OutputFile> _files = [];
    private readonly string _folder;

    /// <exception cref="RingOsException">A file cannot be written.</exception>
    public HubCaptures(HubOptions options, string folder)
    {
        _folder = folder;
        try
        {
            Observer = new StationCaptures(options.Hosts, new BitClock(options.Medium.BitsPerSecond), Open);
        }
        catch
        {
            _files.ForEach(static file => file.Dispose());
            throw;
        }
    }

    /// <summary>Hears what the hosts hear.</summary>
    public StationCaptures Observer { get; }

    /// <summary>Says before the work whether there is a place for them.</summary>
    /// <exception cref="RingOsException">There is none.</exception>
    public static void Check(HubOptions options, string folder)
    {
        for (int station = 0; station < options.Hosts; station++)
            AtomicFile.Check(PathOf(folder, station));
    }

    /// <summary>The experiment is over: the files appear.</summary>
    /// <exception cref="RingOsException">Something could not be written: none of them does.</exception>
    public void Commit()
    {
        if (Observer.Failure is { } failure)
            throw new RingOsException($"cannot write captures to {_folder}: {failure.Message}; what was there before is as it was");
        _files.ForEach(static file => file.Commit());
    }

    public void Dispose()
    {
        Observer.Dispose();
        _files.ForEach(static file => file.Dispose());
    }

    private FileStream Open(int station)
    {
        OutputFile file = OutputFile.Open(PathOf(_folder, station));
        _files.Add(file);
        return file.Stream;
    }

    private static string PathOf(string folder, int station)
        => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"host{station + 1}.pcap"));
}
