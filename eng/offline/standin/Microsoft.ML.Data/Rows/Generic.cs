using System.Reflection;
using System.Runtime.ExceptionServices;

namespace DiffSeg.StandIn;

/// <summary>Calls a generic method for types that are known at run time only.</summary>
internal static class Generic
{
    /// <param name="method">The method with any type arguments.</param>
    /// <param name="types">The type arguments to use.</param>
    /// <param name="arguments">The method's arguments.</param>
    public static TResult Call<TResult>(Delegate method, Type[] types, params object?[] arguments)
    {
        MethodInfo generic = method.Method.GetGenericMethodDefinition().MakeGenericMethod(types);
        try
        {
            return (TResult)generic.Invoke(method.Target, arguments)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }
}
