// Single-cast delegates; field and method names are contracts with ILC's delegate thunks. Next: Types.cs
namespace System;

public abstract class Delegate
{
    private const nint GenericMethodMark = 2; // a method pointer with this bit leads to a pair {method, its type arguments}


    internal object _firstParameter;
    internal object _helperObject;
    internal nint _extraFunctionPointerOrData;
    internal nint _functionPointer;

    private protected virtual nint GetThunk(int which) => 0;

    private void InitializeClosedInstance(object firstParameter, nint functionPointer)
    {
        if (firstParameter is null)
            Panic.Fail("null reference"); // as .NET: not at the first call, but here
        _functionPointer = functionPointer;
        _firstParameter = firstParameter;
    }

    private void InitializeClosedInstanceSlow(object firstParameter, nint functionPointer)
    {
        if ((functionPointer & GenericMethodMark) != 0)
            Panic.Fail("delegates to generic methods of objects are not supported"); // it would be a call of the pair
        InitializeClosedInstance(firstParameter, functionPointer);
    }

    private void InitializeOpenStaticThunk(object firstParameter, nint functionPointer, nint functionPointerThunk)
    {
        _firstParameter = this;
        _functionPointer = functionPointerThunk;
        _extraFunctionPointerOrData = functionPointer;
    }

    private void InitializeClosedStaticThunk(object firstParameter, nint functionPointer, nint functionPointerThunk)
    {
        _extraFunctionPointerOrData = functionPointer;
        _helperObject = firstParameter;
        _functionPointer = functionPointerThunk;
        _firstParameter = this;
    }
}

public abstract class MulticastDelegate : Delegate;

public delegate void Action();

public delegate void Action<in T>(T argument);

public delegate TResult Func<out TResult>();

public delegate TResult Func<in T, out TResult>(T argument);
