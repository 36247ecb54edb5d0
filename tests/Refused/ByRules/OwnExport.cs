// A method under the name of one that assembly calls.
namespace System.Runtime
{
    internal sealed class RuntimeExportAttribute(string entry) : Attribute
    {
        public string Entry { get; } = entry;
    }
}

namespace Escape
{
    using System.Runtime;

    internal static class OwnExport
    {
        [RuntimeExport("native_main")]
        public static void Run(uint magic, uint information)
        {
        }
    }
}
