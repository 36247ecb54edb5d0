// How many tests passed and failed, as a results file tells. Format: Visual Studio TRX, TeamTest 2010. Next: TestProjects.cs
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace RingOS.Host.Testing;

/// <summary>A sum of tests; skipped ones are in neither number.</summary>
public readonly record struct TestTotals(int Passed, int Failed)
{
    public static TestTotals operator +(TestTotals left, TestTotals right) => new(left.Passed + right.Passed, left.Failed + right.Failed);

    /// <summary>The line scripts look for: <c>12 passed, 0 failed</c>.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed";

    /// <summary>The totals of one project.</summary>
    /// <param name="file">Its results file; it is missing if the test host never came so far.</param>
    /// <param name="exitCode">What the test host returned.</param>
    public static TestTotals Of(string file, int exitCode)
    {
        TestTotals totals = Read(file);
        // A host that crashed may have left a file without a failure, or none: it failed all the same.
        return exitCode != 0 && totals.Failed == 0 ? totals with { Failed = 1 } : totals;
    }

    private static TestTotals Read(string file)
    {
        if (!File.Exists(file))
            return default;
        try
        {
            XElement? counters = XDocument.Load(file).Descendants().FirstOrDefault(static element => element.Name.LocalName == "Counters");
            int passed = Count(counters, "passed");
            return new TestTotals(passed, Count(counters, "executed") - passed);
        }
        catch (XmlException)
        {
            return new TestTotals(0, 1);
        }
    }

    private static int Count(XElement? counters, string name) => (int?)counters?.Attribute(name) ?? 0;
}
