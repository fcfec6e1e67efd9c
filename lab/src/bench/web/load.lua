-- What wrk asks, and how it tells what came: one line of JSON. The arguments are the method and the body.
function init(args)
    wrk.method = args[1]
    if args[2] ~= "" then
        wrk.body = args[2]
    end
end

function done(summary, latency)
    local errors = summary.errors
    local broken = errors.connect + errors.read + errors.write + errors.timeout
    print(string.format(
        '\n{"requests":%d,"seconds":%f,"bytes":%d,"refused":%d,"broken":%d,"median_ms":%f,"p99_ms":%f}',
        summary.requests, summary.duration / 1e6, summary.bytes, errors.status, broken,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
    ))
end
