(function (native) { "use strict"; })
