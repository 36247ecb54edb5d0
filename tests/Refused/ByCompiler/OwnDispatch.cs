// A class that says of itself what it implements.
using System;
using System.Runtime.InteropServices;

internal sealed class OwnDispatch : IDynamicInterfaceCastable
{
    public bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented) => true;

    public RuntimeTypeHandle GetInterfaceImplementation(RuntimeTypeHandle interfaceType) => interfaceType;
}
