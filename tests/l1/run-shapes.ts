/** Finished runs in the forms that L1s have written: by name, the JSON text. All made `made-NAME`. */
export const runShapes: Readonly<Record<string, string>> = {
  'output-hash':
    '{"status":"completed","recipe":"weave","inputs":["in-a"],"output_hash":"made-output-hash","fps":30.0}',
  'output-cid':
    '{"status":"complete","inputs":[{"name":"left","content_hash":"in-b","weight":1E2}],"output_cid":"made-output-cid"}',
  'output-object':
    '{"status":"success","inputs":{"left":"in-a","right":"in-c"},"output":{"content_hash":"made-output-object","media_type":"video/mp4"}}',
  'provenance-output':
    '{"status":"completed","provenance":{"recipe":"knot","inputs":["in-d"],"output":{"content_hash":"made-provenance-output"},"seed":9007199254740993}}',
  'no-inputs': '{"status":"COMPLETED","output_hash":"made-no-inputs","note":"→ \\u00e9"}',
  'many-places':
    '{"status":"completed","output_hash":"made-many-places","output_cid":"other","run_id":"another","inputs":[null,7,"in-a",{"content_hash":"in-a"},"not a hash!"]}',
};
