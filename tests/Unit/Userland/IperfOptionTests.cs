// iperf's command line, good and bad. Next: IperfWireTests.cs
using System.Text;
using RingOS.Iperf;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class IperfOptionTests
{
    private readonly TextBuffer _error = new(160);
    private readonly IperfOptions _options = new();

    [Fact]
    public void DefaultsAreThoseOfIperf()
    {
        Assert.Equal(ParseOutcome.Ok, Parse("-c 10.0.2.2 -u"));
        Assert.Equal(0x0A000202u, _options.Server);
        Assert.Equal((5001UL, 1024UL * 1024, 10_000UL), (_options.Port, _options.Bandwidth, _options.Milliseconds));
        Assert.Equal((1470, 0UL, 0UL, false), (_options.Length, _options.Amount, _options.IntervalMilliseconds, _options.IsJson));
    }

    [Theory]
    [InlineData("-c 192.168.1.254 -u -p 9 -b 50m -t 2 -l 64 -i 0.5 --json")]
    [InlineData("-c192.168.1.254 -u -p9 -b50m -t2 -l64 -i.5 --json")]
    [InlineData("--client 192.168.1.254 --udp --port 9 --bandwidth 50m --time 2.0 --len 64 --interval 0.5 --json")]
    [InlineData("--client=192.168.1.254 -u --port=9 --bandwidth=50m --time=2 --len=64 --interval=.5 --json")]
    [InlineData("--json -i 0.5009 -l 64 -t 2.0000 -b 50000k -p 09 -u -c 192.168.1.254")]
    public void UnderstandsEverySpelling(string words)
    {
        Assert.Equal(ParseOutcome.Ok, Parse(words));
        Assert.Equal(0xC0A801FEu, _options.Server);
        Assert.Equal((9UL, 50_000_000UL, 2000UL), (_options.Port, _options.Bandwidth, _options.Milliseconds));
        Assert.Equal((64, 500UL, true), (_options.Length, _options.IntervalMilliseconds, _options.IsJson));
    }

    [Theory]
    [InlineData("-s -u -p 9 -n 100 -t 1.5")]
    [InlineData("--server --udp --port 9 --num 100 --time 1.5")]
    public void AServerTakesItsOwn(string words)
    {
        Assert.Equal(ParseOutcome.Ok, Parse(words));
        Assert.True(_options.IsServer);
        Assert.Equal((9UL, 100UL, 1500UL), (_options.Port, _options.Amount, _options.PatienceMilliseconds));
        Assert.Equal(0u, new IperfOptions().PatienceMilliseconds);
    }

    [Fact]
    public void LatencyAndPersistenceAreAskedFor()
    {
        Assert.Equal(ParseOutcome.Ok, Parse("-c 10.0.2.2 -u --latency --on-write-error continue"));
        Assert.True(_options.IsLatencyWanted && _options.SurvivesWriteErrors);
    }

    [Theory]
    [InlineData("1500", 1500)]
    [InlineData("1.5k", 1500)]
    [InlineData("1.5K", 1536)]
    [InlineData("50m", 50_000_000)]
    [InlineData("1M", 1024 * 1024)]
    [InlineData("2g", 2_000_000_000)]
    [InlineData("1G", 1024 * 1024 * 1024)]
    [InlineData("0", 0)]
    public void BandwidthHasSuffixes(string text, ulong bits)
    {
        Assert.Equal(ParseOutcome.Ok, Parse("-c 10.0.2.2 -u -b " + text));
        Assert.Equal(bits, _options.Bandwidth);
    }

    [Theory]
    [InlineData("-c 10.0.2.2", "iperf: only UDP is supported: add -u")]
    [InlineData("-u", "iperf: either be a server, iperf -s -u, or name one: iperf -c ADDRESS -u")]
    [InlineData("-s -c 10.0.2.2 -u", "iperf: either be a server, iperf -s -u, or name one: iperf -c ADDRESS -u")]
    [InlineData("-s", "iperf: only UDP is supported: add -u")]
    [InlineData("-s5 -u", "iperf: invalid option -s5")]
    [InlineData("-c 10.0.2.2 -u -k", "iperf: invalid option -k")]
    [InlineData("-c 10.0.2.2 -u -P 4", "iperf: no -P: here is one stream at a time, from client to server")]
    [InlineData("-c 10.0.2.2 -u --parallel=4", "iperf: no --parallel=4: here is one stream at a time, from client to server")]
    [InlineData("-c 10.0.2.2 -u --udp=yes", "iperf: invalid option --udp=yes")]
    [InlineData("-c 10.0.2.2 -u --json=no", "iperf: invalid option --json=no")]
    [InlineData("-u --client= 10.0.2.2", "iperf: option requires a value: --client=")]
    [InlineData("-c 10.0.2.2 -u -b 100pps", "iperf: -b: not a number of bits a second: 100pps")]
    [InlineData("-c 10.0.2.2 -u -i f", "iperf: -i: not an interval in seconds: f")]
    [InlineData("-c 10.0.2.2 -u -p 6002-6008", "iperf: -p: a port is 1 to 65535, not 6002-6008")]
    [InlineData("-c 10.0.2.2 -u extra", "iperf: invalid option extra")]
    [InlineData("-c 10.0.2.2 -ub", "iperf: invalid option -ub")]
    [InlineData("-c 10.0.2.2 -u --", "iperf: invalid option --")]
    [InlineData("-c 10.0.2.2 -j", "iperf: invalid option -j")]
    [InlineData("-c", "iperf: option requires a value: -c")]
    [InlineData("-c 10.0.2.2 -u -b", "iperf: option requires a value: -b")]
    [InlineData("-c example.org -u", "iperf: -c: not an IPv4 address, and there is no name service: example.org")]
    [InlineData("-c 10.0.2.256 -u", "iperf: -c: not an IPv4 address, and there is no name service: 10.0.2.256")]
    [InlineData("-c 10.0.2 -u", "iperf: -c: not an IPv4 address, and there is no name service: 10.0.2")]
    [InlineData("-c 10.0.2.2.2 -u", "iperf: -c: not an IPv4 address, and there is no name service: 10.0.2.2.2")]
    [InlineData("-c 10.0.2.2 -u -b 5x", "iperf: -b: not a number of bits a second: 5x")]
    [InlineData("-c 10.0.2.2 -u -b -5", "iperf: -b: not a number of bits a second: -5")]
    [InlineData("-c 10.0.2.2 -u -b m", "iperf: -b: not a number of bits a second: m")]
    [InlineData("-c 10.0.2.2 -u -b 99999999999999999999", "iperf: -b: not a number of bits a second: 99999999999999999999")]
    [InlineData("-c 10.0.2.2 -u -n 0", "iperf: -n: not a number of bytes: 0")]
    [InlineData("-c 10.0.2.2 -u -l 15", "iperf: -l: a datagram has 16 to 1472 bytes, not 15")]
    [InlineData("-c 10.0.2.2 -u -l 1473", "iperf: -l: a datagram has 16 to 1472 bytes, not 1473")]
    [InlineData("-c 10.0.2.2 -u -p 0", "iperf: -p: a port is 1 to 65535, not 0")]
    [InlineData("-c 10.0.2.2 -u -p 65536", "iperf: -p: a port is 1 to 65535, not 65536")]
    [InlineData("-c 10.0.2.2 -u -t 0", "iperf: -t: not a time in seconds: 0")]
    [InlineData("-c 10.0.2.2 -u -t 1.2.3", "iperf: -t: not a time in seconds: 1.2.3")]
    [InlineData("-c 10.0.2.2 -u -t .", "iperf: -t: not a time in seconds: .")]
    [InlineData("-c 10.0.2.2 -u --on-write-error", "iperf: option requires a value: --on-write-error")]
    [InlineData("-c 10.0.2.2 -u --on-write-error ignore", "iperf: --on-write-error: stop or continue, not ignore")]
    [InlineData("-c 10.0.2.2 -u --full-queue wait", "iperf: --full-queue: fail, block or again, not wait")]
    [InlineData("-c 10.0.2.2 -u -q block", "iperf: invalid option -q")]
    [InlineData("-c 10.0.2.2 -u --keep-going", "iperf: invalid option --keep-going")]
    [InlineData("-c 10.0.2.2 -u -b 0.5", "iperf: -b: not a number of bits a second: 0.5")]
    [InlineData("-c 10.0.2.2 -u -t 0.0005", "iperf: -t: not a time in seconds: 0.0005")]
    [InlineData("-c 10.0.2.2 -u -i 0.0001", "iperf: -i: not an interval in seconds: 0.0001")]
    [InlineData("-c 10.0.2.2 -u -t 0,5", "iperf: -t: not a time in seconds: 0,5")]
    [InlineData("-c 10.0.2.2 -u -i soon", "iperf: -i: not an interval in seconds: soon")]
    public void RefusesInOneLine(string words, string complaint)
    {
        FakeMachine machine = new();
        Assert.Equal(1, IperfCommand.Run(FakeMachine.CommandLine("iperf " + words)));
        Assert.Equal(complaint, Assert.Single(machine.Lines));
        Assert.Empty(machine.Sent);
    }

    // Every option of the manual page of iperf 2.1.8, in its order: taken, or refused in a line that says why.
    [Theory]
    [InlineData("b bandwidth", true)]
    [InlineData("e enhanced f format", false)]
    [InlineData("h help", true)]
    [InlineData("hide-ips", false)]
    [InlineData("i interval l len", true)]
    [InlineData("l2checks m print_mss NUM_REPORT_STRUCTS o output permit-key", false)]
    [InlineData("p port", true)]
    [InlineData("sum-dstip sum-only", false)]
    [InlineData("t time u udp", true)]
    [InlineData("w window z realtime B bind", false)]
    [InlineData("C compatibility", true)]
    [InlineData("M mss N nodelay", false)]
    [InlineData("v version", true)]
    [InlineData("x reportexclude y reportstyle Z tcp-congestion", false)]
    [InlineData("1 singleclient s server", true)]
    [InlineData("histograms permit-key-timeout tap-dev tcp-rx-window-clamp tos-override D daemon H ssm-host R remove", false)]
    [InlineData("U single_udp", true)]
    [InlineData("V ipv6_domain bounceback bounceback-congest bounceback-hold bounceback-period bounceback-no-quickack", false)]
    [InlineData("bounceback-txdelay burst-period burst-size", false)]
    [InlineData("c client", true)]
    [InlineData("connect-only connect-retries d dualtest fq-rate full-duplex incr-dstip incr-dstport incr-srcip incr-srcport", false)]
    [InlineData("ipg isochronous local-only near-congestion no-connect-sync no-udp-fin", false)]
    [InlineData("n num", true)]
    [InlineData("r tradeoff tcp-quickack tcp-write-prefetch tcp-write-times trip-times txdelay-time txstart-time", false)]
    [InlineData("F fileinput I stdin L listenport P parallel reverse S tos T ttl X peerdetect linux-congestion", false)]
    public void TheManualPagesOptionsAreTakenOrRefusedWithAReason(string names, bool isTaken)
    {
        foreach (string name in names.Split(' '))
        {
            string word = name.Length == 1 ? "-" + name : "--" + name;
            bool isKnown = OptionName.Find(Encoding.ASCII.GetBytes(word)) != Option.Unknown;
            Assert.True(isKnown == isTaken, word);
            if (isTaken)
                continue;
            FakeMachine machine = new();
            Assert.Equal(1, IperfCommand.Run(FakeMachine.CommandLine($"iperf -c 10.0.2.2 -u {word}=5")));
            Assert.StartsWith($"iperf: no {word}=5: ", Assert.Single(machine.Lines));
        }
    }

    [Fact]
    public void TellsWhatItIs()
    {
        FakeMachine machine = new();
        Assert.Equal(0, IperfCommand.Run(FakeMachine.CommandLine("iperf -v")));
        Assert.Equal("iperf of RingOS: the UDP part of iperf 2.1.8", Assert.Single(machine.Lines));
    }

    [Fact]
    public void WhatIsSoAnywayIsTaken() => Assert.Equal(ParseOutcome.Ok, Parse("-s -u -1 -C -U --singleclient"));

    [Theory]
    [InlineData("-h")]
    [InlineData("-c 10.0.2.2 --help")]
    public void ExplainsItself(string words)
    {
        FakeMachine machine = new();
        Assert.Equal(0, IperfCommand.Run(FakeMachine.CommandLine("iperf " + words)));
        Assert.StartsWith("Usage: iperf -c ADDRESS -u", machine.Output);
        foreach (string option in new[] { "-c,", "-u,", "-b,", "-t,", "-n,", "-l,", "-i,", "-p,", "-s,", "--latency", "--on-write-error", "--full-queue", "--json", "-h," })
            Assert.Contains(option, machine.Output);
    }

    private ParseOutcome Parse(string words)
    {
        ParseOutcome outcome = new OptionParser(FakeMachine.CommandLine("iperf " + words), _options, _error).Parse();
        Assert.Equal("", Encoding.ASCII.GetString(_error.Written));
        return outcome;
    }
}
