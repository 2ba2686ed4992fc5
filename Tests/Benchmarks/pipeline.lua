-- wrk: sends as many requests at a time as its argument says.
init = function(arguments)
    local requests = {}
    for number = 1, tonumber(arguments[1]) do requests[number] = wrk.format() end
    batch = table.concat(requests)
end

request = function() return batch end
