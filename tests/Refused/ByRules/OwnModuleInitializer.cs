// Code that runs when the image starts, before there is a driver.
namespace System.Runtime.CompilerServices
{
    internal sealed class ModuleInitializerAttribute : Attribute
    {
    }
}

namespace Escape
{
    using System.Runtime.CompilerServices;

    internal static class OwnModuleInitializer
    {
        [ModuleInitializer]
        internal static void Run()
        {
        }
    }
}
