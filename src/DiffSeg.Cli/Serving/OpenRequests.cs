using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Serving;

/// <summary>How many requests are under way.</summary>
internal sealed class OpenRequests
{
    private int _count;

    /// <summary>Requests that have come and are not answered.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a request while it is answered.</summary>
    public async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
