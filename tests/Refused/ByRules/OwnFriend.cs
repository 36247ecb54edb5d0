// Names the library whose secrets it wants to see. The check is by what the library shows.
[assembly: System.Runtime.CompilerServices.IgnoresAccessChecksTo("RingOS.Hardware")]

namespace System.Runtime.CompilerServices
{
    internal sealed class IgnoresAccessChecksToAttribute(string assembly) : Attribute
    {
        public string Assembly { get; } = assembly;
    }
}

namespace Escape
{
    using System;

    internal sealed class OwnFriend : Attribute
    {
    }
}
