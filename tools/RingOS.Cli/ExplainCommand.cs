// TODO
using System.IO;
using RingOS.Host;
namespace RingOS.Cli;
internal static class ExplainCommand { public static string LastExperiment => Path.Combine(Repository.Artifacts, "hub", "last.json"); }
